// What follows from the bank's answer to a save.
import { conflictSaid, contest } from "./conflict.mjs";
import { mark, unmark } from "./controls.mjs";
import { showPieces } from "./pieces.mjs";
import { settleNotes, showButtons } from "./proposals.mjs";
import { PAUSE, RETRY } from "./saving.mjs";
import { fill } from "./sentences.mjs";
import { markTasks } from "./tasks.mjs";
import { countIn } from "./texts.mjs";

/** [field, message, control] of what can't be saved; where nobody can say which field it is, all of them. */
export function faultsOf(told, fields) {
  const fieldOf = (place) => fields.find((field) => `${place}.`.startsWith(`${field}.`));
  const found = (told.errors || []).map((one) => [fieldOf(one.field), one.message, one.field]).filter(([field]) => field);
  return found.length ? found : fields.map((field) => [field, told.detail, field]);
}

/** The sentence after a save: what is still asked of a person comes first. */
export function saidOf(page, moment) {
  if (page.inConflict()) return conflictSaid(page);
  if (page.touched.anyHeld) return page.says.wrong;
  if (page.copy.asking) return page.says.choose;
  return fill(page.says.saved, { time: page.clock(moment) });
}

async function saved(page, told, fields) {
  page.version = told.version;
  for (const [field, turn] of fields) {
    const unchanged = page.touched.saved(field, turn), box = page.boxOf(field);
    if (!box) continue;
    if (unchanged && box.querySelector('[name="use"]')?.checked) page.stale.add(field);
    box.querySelectorAll(unchanged ? "[data-offer], .wrong, .both" : ".wrong, .both").forEach((one) => one.remove());
    if (unchanged) settleNotes(box);
    unmark(box);
    countIn(box, page.says);
    page.bases.saved(box, told.bases[field], unchanged);
  }
  page.keepCopy();
  showPieces(page, told.pieces);
  showButtons(page);
  markTasks(page);
  page.say(saidOf(page, told.moment));
  if (page.stale.size) await page.refresh();
  if (page.touched.any) page.saver.soon(PAUSE);
}

async function overtaken(page, told) {
  page.version = told.version;
  const fields = Object.keys(told.fields);
  for (const field of fields) page.touched.hold(field);
  await page.refresh(); // before anybody is asked: who has chosen is not asked again by what comes late
  for (const field of fields) contest(page, field, told.fields[field]);
  markTasks(page);
  if (fields.length) page.say(conflictSaid(page));
  page.keepCopy();
  page.saver.soon(0);
}

function wrong(page, told, fields) {
  const found = faultsOf(told, [...fields.keys()]), { document } = page;
  for (const box of new Set(found.map(([field]) => page.boxOf(field)))) {
    box.querySelectorAll(".wrong").forEach((one) => one.remove());
    unmark(box);
  }
  for (const [field, message, place] of found) {
    page.touched.hold(field);
    const box = page.boxOf(field), line = document.createElement("p");
    Object.assign(line, { textContent: message, className: "wrong small", id: `wrong-${place}` });
    (document.getElementById(`f-${place}`) || box).append(line);
    mark(box, place);
    countIn(box, page.says);
  }
  markTasks(page);
  page.say(page.says.wrong);
  page.saver.soon(0);
}

const WHY_NOT = { noLine: "offline", busy: "busy", full: "full", signedOut: "expired" };
const AGAIN_AFTER = { noLine: RETRY, busy: RETRY, full: RETRY, signedOut: 3 * RETRY };

/** Says why nothing was written, and then `more`, which a person is to do once that is over. */
export function sayWhyNot(page, outcome, more = "") {
  const why = page.says[WHY_NOT[outcome] || "closed"];
  page.say(WHY_NOT[outcome] && more ? `${why} ${more}` : why, outcome === "signedOut" && page.says.again);
}

/** It is not saved; where it may be later, it is sent again by itself. */
const unsaved = (outcome) => (page) => {
  sayWhyNot(page, outcome);
  if (AGAIN_AFTER[outcome]) page.saver.soon(AGAIN_AFTER[outcome]);
};

const UNSAVED = ["noLine", "busy", "full", "signedOut", "closed"].map((outcome) => [outcome, unsaved(outcome)]);
const FOLLOW = { saved, overtaken, wrong, ...Object.fromEntries(UNSAVED) };

/** Does what the outcome of saving these fields asks for; `told` is what the bank said with it. */
export const follow = (page, outcome, told, fields) => FOLLOW[outcome](page, told, fields);
