import assert from "node:assert/strict";
import { test } from "node:test";
import { countIn, countWords, hasAll, lengthSaid, linesOf, ready, sift, withLine } from "../../../bank/web/static/deposit/texts.mjs";
import { newDocument, SAYS } from "./standing_in.mjs";

const says = { ...SAYS, words: "{count} of {most} words", long: "a little long" };

test("words are what stands between blanks", () => {
  assert.deepEqual(["", "  ", "uno", " uno  dos\ntres "].map(countWords), [0, 0, 1, 3]);
});

test("a text that is long is told to be, and never cut", () => {
  assert.equal(lengthSaid(says, "a b c", { most: 3, letters: 9 }).text, "3 of 3 words");
  assert.equal(lengthSaid(says, "a b c d", { most: 3, letters: 9 }).text, "4 of 3 words · a little long");
  const document = newDocument(), count = document.make("p", { className: "count soft", dataset: { most: "2" } });
  const box = document.make("div", {}, document.make("div", {}, document.make("textarea", { value: "uno dos tres" }), count));
  countIn(box, says);
  assert.equal(count.textContent, "3 of 2 words · a little long");
  box.append(document.make("p", { className: "wrong small" }));
  countIn(box, says);
  assert.equal(count.textContent, "3 of 2 words");
});

test("a text that will be refused is never called all right", () => {
  const limits = { most: 3, letters: 6 };
  assert.deepEqual(lengthSaid(says, "a b c d", limits), { text: "4 of 3 words · toolong", over: true });
  assert.deepEqual(lengthSaid(says, " ñ😀ñ ", { most: 0, letters: 3 }), { text: "", over: false });
  const document = newDocument(), count = document.make("p", { className: "count soft", dataset: { letters: "3" } });
  const area = document.make("textarea", { value: "cuatro" }), box = document.make("div", {}, document.make("div", {}, area, count));
  countIn(box, says);
  assert.deepEqual([count.textContent, count.className], ["toolong", "count over small"]);
  area.value = "uno";
  countIn(box, says);
  assert.deepEqual([count.textContent, count.className], ["", "count soft small"]);
});

test("a list of lines gets one more, without empty ones between", () => {
  assert.deepEqual(linesOf(" León \n\nColima\n"), ["León", "Colima"]);
  assert.equal(withLine("León\n\n", "Colima"), "León\nColima");
  assert.equal(withLine("", "Colima"), "Colima");
});

test("words are found whatever their accents, all of them, in any order", () => {
  assert.equal(hasAll("Educación y niñez", "ninez EDUCACION"), true);
  assert.equal(hasAll("Educación y niñez", "educación museos"), false);
  assert.equal(hasAll("Educación", " "), true);
});

test("options without the words are hidden, but for those that are ticked", () => {
  const document = newDocument(), tick = (checked) => document.make("input", { type: "checkbox", checked });
  const option = (text, checked) => document.make("label", { className: "option", text }, tick(checked));
  const [culture, water, sport] = [option("Cultura", false), option("Agua", true), option("Deporte", false)];
  const event = document.make("div", { dataset: { option: "" } }, sport);
  const input = document.make("input", { value: "cult" });
  document.body.append(document.make("fieldset", {}, input, document.make("div", { className: "options many" }, culture, water, event)));
  sift(input);
  assert.deepEqual([culture.hidden, water.hidden, sport.hidden, event.hidden], [false, false, false, true]);
});

test("what does nothing without script is shown", () => {
  const document = newDocument(), one = document.make("p", { className: "sift", hidden: true });
  ready(document.make("div", {}, one));
  assert.equal(one.hidden, false);
});
