// Ticks all applicants on the page at once; without script each is ticked by itself.
const head = document.querySelector("[data-tick-all]");
if (head) {
  const boxes = [...document.querySelectorAll('input[name="chosen"]')];
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", head.dataset.tickAll);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  };
  all.addEventListener("change", () => { for (const box of boxes) box.checked = all.checked; });
  for (const box of boxes) box.addEventListener("change", show);
  if (boxes.length) head.append(all);
  show();
}
