// What a file gives that no field takes: put into a field, left out or taken back without leaving the page.
import { sayWhyNot } from "./answers.mjs";
import { outcomeOf } from "./saving.mjs";

const ACTS = "#unplaced button[formaction]";
const place = (page) => page.document.getElementById("unplaced");

/** What a pressed button says, as the form would send it. */
export function saidBy(button) {
  const field = button.closest("li").querySelector("select");
  const said = new URLSearchParams({ [button.name]: button.value, part: "true" });
  if (field) said.set(field.name, field.value);
  return said;
}

/** Sends what was pressed and shows the list that is answered; gives the outcome. */
async function send(page, body) {
  try {
    const answer = await fetch(`${page.here}/unplaced`, { method: "POST", body });
    if (!answer.ok) return outcomeOf(answer.status);
    const fresh = page.parse(await answer.text()).getElementById("unplaced");
    if (!fresh) return "signedOut";
    const open = place(page).querySelector(".settled")?.open;
    place(page).replaceWith(page.document.adoptNode(fresh));
    const fold = place(page).querySelector(".settled");
    if (fold && open) fold.open = true;
    return "saved";
  } catch {
    return "noLine";
  }
}

/** Does what a pressed button says: it goes from the list at once; first what is written is saved. */
export async function settle(page, event) {
  const button = event.target.closest(ACTS);
  if (!button) return;
  event.preventDefault();
  const item = button.closest("li"), at = [...item.parentElement.children].indexOf(item), undo = button.name === "back";
  if (item.hidden) return;
  const body = saidBy(button);
  item.hidden = true;
  await page.saver.save();
  const outcome = await send(page, body);
  if (outcome !== "saved") {
    item.hidden = false;
    return sayWhyNot(page, outcome, page.says.stayed);
  }
  const left = [...place(page).querySelectorAll(undo ? "[name=back]" : "[name=place]")];
  (left[Math.min(at, left.length - 1)] || place(page).querySelector("summary") || place(page)).focus({ preventScroll: true });
  await page.refresh();
}
