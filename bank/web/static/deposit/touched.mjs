// The fields that somebody wrote in and the bank does not have yet.

export class Touched {
  #turns = new Map();
  #held = new Set();

  /** Somebody wrote in a field: whatever it waited for, it is to be saved. */
  touch(field) {
    this.count(field);
    this.#held.delete(field);
  }

  /** A field was written in once more; if it waits for a person's word, it goes on waiting. */
  count(field) {
    this.#turns.set(field, (this.#turns.get(field) || 0) + 1);
  }

  /** Lets a field wait for a person's word. */
  hold(field) {
    this.#held.add(field);
  }

  /** Lets no field wait any longer. */
  releaseAll() {
    this.#held.clear();
  }

  /** Forgets what was written in a field. */
  drop(field) {
    this.#turns.delete(field);
    this.#held.delete(field);
  }

  /** A field was saved as it was at this turn. False where somebody wrote in it since: then it is still to be saved. */
  saved(field, turn) {
    this.#held.delete(field);
    if (this.#turns.get(field) !== turn) return false;
    this.#turns.delete(field);
    return true;
  }

  has = (field) => this.#turns.has(field);
  isHeld = (field) => this.#held.has(field);

  get any() {
    return this.#turns.size > 0;
  }

  get anyHeld() {
    return this.#held.size > 0;
  }

  get fields() {
    return [...this.#turns.keys()];
  }

  /** Field -> turn, of those that wait for nobody and are on the page. */
  pending(onPage) {
    return new Map([...this.#turns].filter(([field]) => !this.#held.has(field) && onPage(field)));
  }
}
