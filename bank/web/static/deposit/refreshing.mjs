// What changed on the server comes into the page, but never where somebody is writing.
import { contest } from "./conflict.mjs";
import { baseControl, textOf } from "./controls.mjs";
import { exchange } from "./pieces.mjs";
import { showButtons } from "./proposals.mjs";
import { fill } from "./sentences.mjs";
import { markTasks } from "./tasks.mjs";
import { ready } from "./texts.mjs";

const PIECES = ["reading", "unplaced", "alikes", "standing", "heading"];

/** What is to be done with a field of which the server has a newer box:
 *
 * `leave` it; `rebase`: it stays, and is from now on written upon what a file proposes; `contest`: a person says; `replace`.
 */
export function verdict({ moved, noted, notedNow, stale, touched, held, focused }) {
  if (!moved && noted === notedNow && !stale) return "leave";
  if (touched) {
    if (!moved || held) return "leave";
    return notedNow ? "rebase" : "contest";
  }
  return focused ? "leave" : "replace";
}

const isNoted = (box) => Boolean(box.querySelector("[data-proposal], [data-offer]"));

/** Brings one field up to date; true where a file's proposal came into it. */
function bring(page, box, twin, later) {
  const field = box.dataset.field, base = baseControl(box), noted = isNoted(box), notedNow = isNoted(twin);
  const found = verdict({
    moved: base.value !== baseControl(twin).value,
    noted,
    notedNow,
    stale: page.stale.has(field),
    touched: page.touched.has(field),
    held: page.touched.isHeld(field),
    focused: box.contains(page.document.activeElement),
  });
  if (found === "rebase") base.value = baseControl(twin).value;
  if (found === "contest") contest(page, field, { who: "", time: page.clock(new Date()), ...later[field], text: textOf(twin) });
  if (found !== "replace") return false;
  box.replaceWith(page.document.adoptNode(twin));
  ready(page.boxOf(field));
  return Boolean(twin.querySelector("[data-proposal=file], [data-offer]")) && !noted;
}

/** The page as the server has it now; null where it can't be had. */
async function newest(page) {
  try {
    const answer = await fetch(`${page.here}?since=${page.version}`, { headers: { accept: "text/html" } });
    return answer.ok && !answer.redirected ? page.parse(await answer.text()) : null;
  } catch {
    return null;
  }
}

/** Asks for the page anew and brings in what is newer; where there is no form any more, the page is loaded again. */
export async function refresh(page) {
  const answered = page.saver.answered, fresh = await newest(page);
  if (!fresh) return;
  const other = fresh.getElementById("entry");
  if (!other) return page.reload();
  if (page.saver.inFlight || answered !== page.saver.answered) return; // a save was answered meanwhile: this page is older than what is shown
  page.version = Number(other.dataset.version);
  const pairs = [...page.form.querySelectorAll("[data-field]")].map((box) => [box, fresh.getElementById(box.id)]);
  const later = JSON.parse(other.dataset.later || "{}");
  const came = pairs.filter(([box, twin]) => twin && bring(page, box, twin, later)).length;
  page.stale.clear();
  const busyFiles = page.touched.fields.some((field) => field.includes("."));
  const tallies = [...page.document.querySelectorAll("[data-tally]")].map((one) => one.id);
  for (const id of [...PIECES, ...tallies, ...(busyFiles ? [] : ["files"])]) {
    const twin = fresh.getElementById(id);
    if (twin) exchange(page, id, twin);
  }
  page.document.title = fresh.title;
  showButtons(page);
  markTasks(page);
  if (came) page.say(came === 1 ? page.says.newone : fill(page.says.new, { count: came }));
}
