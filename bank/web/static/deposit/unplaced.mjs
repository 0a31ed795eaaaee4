// What a file gives that no field takes: put into a field, left out or taken back without leaving the page.
import { saidOf, sayWhyNot } from "./answers.mjs";
import { carryOver } from "./pieces.mjs";
import { LONGEST, outcomeOf } from "./saving.mjs";
import { fill } from "./sentences.mjs";

const ACTS = "#unplaced button[formaction]";
const DOUBLE_CLICK = 700;
const place = (page) => page.document.getElementById("unplaced");

/** What a pressed button says, as the form would send it. */
export function saidBy(button) {
  const field = button.closest("li").querySelector("select");
  const said = new URLSearchParams({ [button.name]: button.value, part: "true" });
  if (field) said.set(field.name, field.value);
  return said;
}

/** Shows the list that is answered, as folds and choices stood in the one before. */
function show(page, fresh) {
  const old = place(page), next = page.document.adoptNode(fresh);
  old.replaceWith(next);
  carryOver(old, next);
}

/** Sends what was pressed; gives the outcome, and the list or the problem that is answered. */
async function send(page, body) {
  try {
    const answer = await fetch(`${page.here}/unplaced`, { method: "POST", body, signal: AbortSignal.timeout(LONGEST) });
    if (answer.status === 422) return { outcome: "wrong", told: await answer.json() };
    if (!answer.ok && answer.status !== 409) return { outcome: outcomeOf(answer.status) };
    const fresh = page.parse(await answer.text()).getElementById("unplaced");
    if (!fresh) return { outcome: "signedOut" };
    return { outcome: answer.ok ? "saved" : "moved", fresh };
  } catch {
    return { outcome: "noLine" };
  }
}

/** What is said once it is done. */
function doneSaid(page, button) {
  if (button.name === "back") return page.says.takenback;
  if (button.name === "leave") return page.says.leftout;
  const field = button.closest("li").querySelector("select");
  return fill(page.says.placed, { field: [...field.selectedOptions].map((one) => one.textContent).join() });
}

/** Why a field can't take it, in the bank's words. */
const wrongSaid = (told) => (told.errors || []).map((one) => one.message).join(" ") || told.detail;

/** Whether a press is the second of a double click, which would meet the answer that has moved up. */
let last = { at: -Infinity, x: 0, y: 0 };
function isSecondOfTwo({ detail, clientX, clientY }) {
  const now = { at: performance.now(), x: clientX, y: clientY }, before = last;
  if (detail) last = now;
  return detail > 0 && now.at - before.at < DOUBLE_CLICK && Math.hypot(now.x - before.x, now.y - before.y) < 8;
}

/** Does what a pressed button says: it goes from the list at once; first what is written is saved. */
export async function settle(page, event) {
  const button = event.target.closest(ACTS);
  if (!button) return;
  event.preventDefault();
  if (isSecondOfTwo(event)) return;
  const item = button.closest("li"), kind = button.name === "back" ? "[name=back]" : "[name=place]";
  const buttons = () => [...place(page).querySelectorAll(kind)];
  const at = buttons().findIndex((one) => one.closest("li") === item);
  if (item.hidden) return;
  const body = saidBy(button), done = doneSaid(page, button);
  item.hidden = true;
  await page.saver.save();
  const { outcome, fresh, told } = await send(page, body);
  if (!fresh) {
    item.hidden = false;
    return told ? page.say(wrongSaid(told)) : sayWhyNot(page, outcome, page.says.stayed);
  }
  const { activeElement } = page.document, elsewhere = activeElement && activeElement !== page.document.body && !activeElement.closest("#unplaced");
  show(page, fresh);
  const left = buttons();
  if (!elsewhere) (left[Math.min(at, left.length - 1)] || place(page).querySelector("summary") || place(page)).focus({ preventScroll: true });
  await page.refresh();
  page.say(outcome === "saved" ? `${saidOf(page, new Date())} ${done}` : page.says.moved);
}
