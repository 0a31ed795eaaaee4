// What a field was written upon: the fingerprint that the bank gave, or how the controls came with the page.
import { baseControl, controlsOf } from "./controls.mjs";

const TICKED = /^(radio|checkbox)$/;

/** How the controls came with the page. */
export function asServed(box) {
  return JSON.stringify(controlsOf(box).map((one) => {
    if (one.tagName !== "SELECT") return [one.defaultValue, one.defaultChecked === true];
    return ([...one.options].find((each) => each.defaultSelected) || one.options[0]).value;
  }));
}

/** How the controls stand, in the same words. */
export function asItStands(box) {
  return JSON.stringify(controlsOf(box).map((one) => {
    if (one.tagName === "SELECT") return one.value;
    return [TICKED.test(one.type) ? one.defaultValue : one.value, one.checked === true];
  }));
}

/** Remembers what was saved of files and pictures, for which the bank gives no fingerprint. */
export class Bases {
  #saved = new WeakMap();

  /** What a field's box was written upon. */
  of(box) {
    const base = baseControl(box);
    return base ? base.value : this.#saved.get(box) || asServed(box);
  }

  /** Notes what the bank has now; `unchanged`: nobody wrote in the box while it was being saved. */
  saved(box, fingerprint, unchanged) {
    const base = baseControl(box);
    if (!base) this.#saved.set(box, unchanged ? asItStands(box) : "");
    else if (fingerprint) base.value = fingerprint;
  }
}
