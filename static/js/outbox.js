// Answers that the server has not yet confirmed. They are kept on the device, in the order in which
// they were given, so that closing the page or losing the network costs nothing.

export class Outbox {
  constructor(attempt) {
    this.key = `answers:${attempt}`;
  }

  all() {
    try {
      return JSON.parse(localStorage.getItem(this.key)) || {};
    } catch {
      return {};
    }
  }

  // One waiting answer for each question: a newer one takes the place of an older.
  put(position, entry) {
    this.#store({ ...this.all(), [position]: entry });
  }

  get(position) {
    return this.all()[position];
  }

  // Remove an entry only if it is still the one that was sent.
  settle(position, answerId) {
    const entries = this.all();
    if (entries[position]?.answerId === answerId) {
      delete entries[position];
      this.#store(entries);
    }
  }

  get isEmpty() {
    return Object.keys(this.all()).length === 0;
  }

  #store(entries) {
    try {
      localStorage.setItem(this.key, JSON.stringify(entries));
    } catch {
      // A browser without storage still sends its answers while it is online.
    }
  }
}
