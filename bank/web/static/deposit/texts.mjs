// Words are counted, never cut; long lists are sifted; a text of lines gets one more.
import { fill } from "./sentences.mjs";

/** The lines of a text, those without a word left out. */
export const linesOf = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** A text with one more line. */
export const withLine = (text, line) => [...linesOf(text), line].join("\n");

export const countWords = (text) => text.split(/\s+/).filter(Boolean).length;

/** What is said under a text of `count` words; one that can't be taken, as it is said beside it, is not called all right. */
export function lengthSaid(says, count, most, wrong = false) {
  return fill(says.words, { count, most }) + (count > most && !wrong ? " · " + says.long : "");
}

/** Says in a box how long its texts are. */
export function countIn(box, says) {
  const wrong = Boolean(box.querySelector(".wrong"));
  for (const one of box.querySelectorAll(".count")) {
    const text = one.parentElement.querySelector("input, textarea").value;
    one.textContent = lengthSaid(says, countWords(text), Number(one.dataset.most), wrong);
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
