// Words are counted, never cut; long lists are sifted; a text of lines gets one more.
import { fill } from "./sentences.mjs";

/** The lines of a text, those without a word left out. */
export const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** A text with one more line. */
export const withLine = (text, line) => [...linesOf(text), line].join("\n");

export const countWords = (text) => text.split(/\s+/).filter(Boolean).length;

/** What is said under a text: its words where the field asks for `most`, and whether it is too long to be taken.
 *
 * The bank gives both limits: more than `letters` is refused, more than `most` words is all right. What is refused, as
 * it is said beside it, is never called all right.
 */
export function lengthSaid(says, text, { most, letters }, wrong = false) {
  const count = countWords(text), length = [...text.trim()].length, over = Boolean(letters) && length > letters;
  const said = most ? [fill(says.words, { count, most })] : [];
  if (over) said.push(fill(says.toolong, { count: length, most: letters }));
  else if (most && count > most && !wrong) said.push(says.long);
  return { text: said.join(" · "), over };
}

/** Says in a box how long its texts are. */
export function countIn(box, says) {
  const wrong = Boolean(box.querySelector(".wrong"));
  for (const one of box.querySelectorAll(".count")) {
    const { value } = one.parentElement.querySelector('input:not([type=hidden]), textarea');
    const { text, over } = lengthSaid(says, value, { most: Number(one.dataset.most), letters: Number(one.dataset.letters) }, wrong);
    one.textContent = text;
    one.className = over ? "count over small" : "count soft small";
  }
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Whether a text has all these words or beginnings of words, whatever their accents. */
export const hasAll = (text, asked) => plain(asked).split(/\s+/).filter(Boolean).every((word) => plain(text).includes(word));

/** Hides the options that don't have the words; one that is ticked stays. */
export function sift(input) {
  for (const one of input.closest("details, fieldset").querySelectorAll(".many .option")) {
    const row = one.closest("[data-option]") || one;
    row.hidden = !hasAll(one.textContent, input.value) && !one.querySelector(":checked");
  }
}

/** Shows the controls that do nothing without script. */
export function ready(root) {
  root.querySelectorAll(".sift, .add-city").forEach((one) => { one.hidden = false; });
}
