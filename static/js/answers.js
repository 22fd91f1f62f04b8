// What each item type needs in the browser beyond plain form fields.

const PASSAGE_MILLISECONDS = 60_000;

// Bring a question's own controls to life; `changed` is called whenever its answer has changed.
export function enliven(question, changed) {
  keepMostAndLeastApart(question);
  chooseByNumber(question);
  const order = question.querySelector("[data-order]");
  if (order) enlivenOrder(question, order, changed);
  const typed = question.querySelector("[data-typing]");
  if (typed) enlivenTyping(question, typed, changed);
}

function keepMostAndLeastApart(question) {
  question.addEventListener("change", ({ target }) => {
    if (target.name !== "most" && target.name !== "least") return;
    const other = target.name === "most" ? "least" : "most";
    const twin = question.querySelector(`input[name="${other}"][value="${target.value}"]`);
    if (twin?.checked) twin.checked = false;
  });
}

function chooseByNumber(question) {
  question.addEventListener("keydown", (event) => {
    const group = event.target.closest(".choices");
    const place = Number.parseInt(event.key, 10);
    if (!group || !place || event.ctrlKey || event.metaKey || event.altKey) return;
    const input = group.querySelectorAll("input")[place - 1];
    input?.focus();
    input?.click();
  });
}

function enlivenOrder(question, list, changed) {
  const field = question.querySelector('input[name="order"]');
  const confirm = question.querySelector("[data-order-confirm]");
  const write = () => {
    const codes = [...list.children].map((row) => row.dataset.code);
    field.value = confirm.checked ? codes.join(",") : "";
    changed();
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    const row = button.closest("li");
    if (button.dataset.move === "up") row.previousElementSibling?.before(row);
    else row.nextElementSibling?.after(row);
    button.focus();
    confirm.checked = true;
    write();
  });
  confirm.addEventListener("change", write);
}

function enlivenTyping(question, area, changed) {
  const field = question.querySelector('input[name="milliseconds"]');
  const clock = question.querySelector("[data-typing-time]");
  let spent = Number(area.dataset.milliseconds);
  let since = null;
  guessDevice(question);
  const finish = () => {
    spent = PASSAGE_MILLISECONDS;
    since = null;
    area.readOnly = true;
    area.blur();
    field.value = spent;
    clock.textContent = clock.textContent.replace(/\d+/, "0");
    changed();
  };
  const tick = () => {
    if (since === null) return;
    const total = spent + (performance.now() - since);
    if (total >= PASSAGE_MILLISECONDS) return finish();
    field.value = Math.round(total);
    const left = Math.ceil((PASSAGE_MILLISECONDS - total) / 1000);
    clock.textContent = clock.textContent.replace(/\d+/, left);
    setTimeout(tick, 250);
  };
  if (spent >= PASSAGE_MILLISECONDS) area.readOnly = true;
  area.addEventListener("paste", (event) => event.preventDefault());
  area.addEventListener("drop", (event) => event.preventDefault());
  area.addEventListener("beforeinput", () => {
    if (since === null && !area.readOnly) {
      since = performance.now();
      tick();
    }
  });
}

function guessDevice(question) {
  const devices = [...question.querySelectorAll('input[name="device"]')];
  if (devices.some((device) => device.checked)) return;
  const likely = matchMedia("(pointer: coarse)").matches ? "phone" : "keyboard";
  const guess = devices.find((device) => device.value === likely);
  if (guess) guess.checked = true;
}
