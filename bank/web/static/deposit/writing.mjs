// Somebody writes, chooses or ticks.
import { halfAnswered, licenceChanged } from "./licence.mjs";
import { takesBack } from "./proposals.mjs";
import { addRowAfter } from "./rows.mjs";
import { countIn, sift, withLine } from "./texts.mjs";

const CHOSEN = "select, [type=checkbox], [type=radio], [data-add-line]";

/** Who writes a text in a language while nobody has said the entry's language, says it. */
function sayLanguage(page, target) {
  const language = page.document.querySelector('select[name="language"]'), near = target.closest("[data-language]");
  if (!language || language.value || !near) return;
  language.value = near.dataset.language;
  if (language.value) page.touch("language");
}

/** Puts the city that was found into the list, on a line of its own. */
function addCity(page, input) {
  const text = input.value.trim(), field = input.dataset.addLine;
  if (!text) return;
  const area = page.document.getElementById(field);
  area.value = withLine(area.value, text);
  input.value = "";
  page.touch(field);
}

/** What follows from an event at a control. */
export function written(page, event) {
  const one = event.target, box = one.closest("[data-field]");
  if (one.matches("[data-sift]")) return sift(one);
  if (one.matches("[data-add-line]")) return event.type === "change" ? addCity(page, one) : undefined;
  if (!box || !one.name || one.name.startsWith("keep.")) return;
  licenceChanged(one);
  const field = box.dataset.field, row = one.closest("[data-row]"), decided = one.name === "use" || one.name === "confirm";
  const use = box.querySelector('[name="use"]');
  if (use && !decided) use.checked = false; // what is typed now counts, and no longer what the file says
  if (!decided) box.dataset.typed = "";
  if (takesBack(box, one) && !page.saver.busy) return page.drop(field); // a save under way may have the tick
  if (row) addRowAfter(row, field);
  sayLanguage(page, one);
  countIn(box, page.says);
  page.touch(field);
  if (halfAnswered(one)) return page.wait(field); // kept, and not sent while the next question is being read
  if (decided) page.saver.soon(0);
}

/** Listens to all controls, also to those that come into the page later. */
export function listenToWriting(page) {
  const { document } = page;
  document.addEventListener("input", (event) => written(page, event));
  document.addEventListener("change", (event) => {
    if (event.target.matches(CHOSEN)) written(page, event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-add-line], [data-sift]")) return;
    event.preventDefault();
    if (event.target.dataset.addLine) addCity(page, event.target);
  });
}
