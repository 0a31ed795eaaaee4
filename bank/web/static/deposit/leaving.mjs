// The form's own button saves; any other form leaves the page: first what is written is saved, and without an answer
// nobody leaves.
import { openGroup } from "./groups.mjs";
import { fill } from "./sentences.mjs";

const TURNS = 3;

/** Whether the files that are chosen in a form are more than the bank takes; says so beside them. */
export function tooLarge(form) {
  const files = [...form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
  const told = form.querySelector("[data-large]");
  if (told) told.hidden = files.reduce((sum, one) => sum + one.size, 0) <= Number(told.dataset.large);
  return Boolean(told && !told.hidden);
}

/** The buttons that save: the page stays, and goes on to the group that the button names. Where two texts stand side by side the plain form goes its own way. */
export function saveHere(page, event) {
  if (event.submitter?.hasAttribute("formaction") || page.document.querySelector("fieldset.both")) return;
  event.preventDefault();
  if (event.submitter?.name === "next") openGroup(page, event.submitter.value);
  if (page.touched.any) {
    page.touched.releaseAll();
    page.saver.soon(0);
  } else {
    page.say(page.copy.asking ? page.says.choose : fill(page.says.saved, { time: page.clock(new Date()) }));
  }
}

export class Leaving {
  #page;
  /** False; true while what is written is being saved; then the form that is sent. */
  #under = false;

  constructor(page) {
    this.#page = page;
  }

  get underWay() {
    return Boolean(this.#under);
  }

  /** A form is sent that leaves the page. */
  async submit(event) {
    const page = this.#page, { target, submitter } = event;
    if (event.defaultPrevented) return;
    if (tooLarge(target)) return event.preventDefault();
    if (this.#under === target || (!page.saver.busy && !page.pending().size)) return;
    event.preventDefault();
    if (this.#under) return;
    this.#under = true;
    const heard = await this.#saved();
    this.#under = false;
    if (!heard) return page.say(page.status.firstChild.textContent + " " + page.says.stayed, page.status.querySelector("a") && page.says.again);
    this.#under = target;
    target.requestSubmit(submitter);
    this.#under = false;
  }

  /** Saves what is written; false where there was no answer. */
  async #saved() {
    const page = this.#page;
    let heard = true;
    page.keepCopy();
    await page.saver.last;
    for (let turn = 0; turn < TURNS && heard && page.pending().size; turn += 1) heard = await page.saver.save();
    return heard;
  }
}
