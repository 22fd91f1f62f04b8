// The countdown: the server's deadline, shown calmly, announced sparsely, hidden if wanted.

const ANNOUNCED_MINUTES = [10, 5, 1];
const HIDDEN_KEY = "clock-hidden";

export class Clock {
  constructor(root, announce, over) {
    this.face = root.querySelector("[data-clock]");
    this.toggle = root.querySelector("[data-clock-toggle]");
    this.text = root.dataset.textTime;
    this.announce = announce;
    this.over = over;
    if (!this.face) return;
    this.#hide(localStorage.getItem(HIDDEN_KEY) === "1");
    this.toggle.addEventListener("click", () => this.#hide(!this.face.hidden));
    this.set(Number(root.dataset.seconds));
    setInterval(() => this.#tick(), 1000);
  }

  // The server's word on the seconds left always wins over our own count.
  set(seconds) {
    if (!this.face || seconds === null || seconds === undefined) return;
    this.end = performance.now() + seconds * 1000;
    this.announced ??= ANNOUNCED_MINUTES.filter((minutes) => minutes * 60 < seconds);
    this.#tick();
  }

  #hide(hidden) {
    this.face.hidden = hidden;
    this.toggle.setAttribute("aria-pressed", String(hidden));
    localStorage.setItem(HIDDEN_KEY, hidden ? "1" : "0");
  }

  #tick() {
    const left = Math.max(0, Math.round((this.end - performance.now()) / 1000));
    const shown = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    this.face.textContent = shown;
    if (this.announced.includes(left / 60)) {
      this.announce(this.text.replace("{time}", shown));
    }
    if (left === 0 && !this.ended) {
      this.ended = true;
      this.over();
    }
  }
}
