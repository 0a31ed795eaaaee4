// A copy on this device, from the first letter until the bank has it, each field with what it was written upon.

const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

/** Which fields of a copy come back by themselves, and about which a person is asked.
 *
 * `now` gives a field's {base, kept} as it stands on the page, null for a field that is not there. What nobody changed
 * since comes back; where the bank has another value by now, or a person was asked before, a person says.
 */
export function sortedOut(left, now) {
  const differs = ([field, one]) => now(field) && !same(now(field).kept, one.kept);
  const fields = Object.entries(left.fields).filter(differs);
  const back = fields.filter(([field, one]) => one.base === now(field).base);
  const others = fields.filter((pair) => !back.includes(pair));
  return { back, asked: Object.fromEntries([...Object.entries(left.unrestored).filter(differs), ...others]) };
}

export class LocalCopy {
  #storage;
  #name;
  /** An older copy that waits for a person's word: field -> {base, kept, moment}. */
  unrestored = {};

  /** `storage()` gives what keeps texts by name; it may raise where a browser keeps nothing. */
  constructor(storage, name) {
    this.#storage = storage;
    this.#name = name;
  }

  get asking() {
    return Object.keys(this.unrestored).length > 0;
  }

  /** Keeps these fields, each {base, kept, moment}, and what a person is asked about; nothing where there is neither. */
  keep(fields) {
    try {
      if (Object.keys(fields).length || this.asking) this.#storage().setItem(this.#name, JSON.stringify({ fields, unrestored: this.unrestored }));
      else this.#storage().removeItem(this.#name);
    } catch { /* no room or no leave: then there is no copy, and saving goes on */ }
  }

  /** What was kept, null for nothing. */
  read() {
    try { return JSON.parse(this.#storage().getItem(this.#name)); } catch { return null; }
  }
}
