import assert from "node:assert/strict";
import { test } from "node:test";
import { confirmAll, settleNotes, showButtons, takesBack } from "../../../bank/web/static/deposit/proposals.mjs";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

function note(document, field, checked = false) {
  const tick = document.make("input", { type: "checkbox", name: "confirm", value: field, checked });
  return document.make("div", { dataset: { proposal: "" } }, document.make("input", { type: "hidden", name: "shown", value: field }), tick);
}
function pageOf() {
  const page = pageWith({ touched: new Touched() });
  const group = (id, ...fields) => page.document.make("details", { dataset: { group: id } },
    page.document.make("p", { dataset: { all: "" } }, page.document.make("button", { name: "all", value: id })),
    ...fields.map((field) => boxWith(page.document, field, "x", "aa", note(page.document, field))));
  page.document.body.append(page.document.make("button", { name: "all", value: "every" }), group("needed", "title", "summary"), group("content", "objectives"));
  return page;
}
const press = (page, value) => confirmAll(page, { target: page.document.querySelectorAll("button").find((one) => one.value === value), preventDefault: () => {} });

test("one press confirms what was proposed in its group, another all of the form", () => {
  const page = pageOf();
  press(page, "needed");
  assert.deepEqual([page.touched.fields, page.asked], [["title", "summary"], [0]]);
  press(page, "every");
  assert.deepEqual(page.touched.fields, ["title", "summary", "objectives"]);
});

test("a confirmed proposal keeps its tick, and waits again where that is taken away", () => {
  const page = pageOf(), box = page.boxOf("title"), one = box.querySelector("[data-proposal]"), tick = box.querySelector("[name=confirm]");
  tick.checked = true;
  settleNotes(box);
  assert.deepEqual(["sure" in one.dataset, "proposal" in one.dataset, one.children[0].name], [true, false, "sure"]);
  tick.checked = false;
  settleNotes(box);
  assert.deepEqual(["sure" in one.dataset, "proposal" in one.dataset, one.children[0].name], [false, true, "shown"]);
});

test("what a person typed is no proposal any more", () => {
  const page = pageOf(), box = page.boxOf("title");
  box.dataset.typed = "";
  settleNotes(box);
  assert.deepEqual([box.querySelector("[name=confirm]"), "typed" in box.dataset], [null, false]);
});

test("a tick that was never saved is taken back without a trace", () => {
  const page = pageOf(), box = page.boxOf("title"), tick = box.querySelector("[name=confirm]");
  assert.equal(takesBack(box, tick), true);
  tick.checked = true;
  assert.equal(takesBack(box, tick), false);
});

test("where nothing waits the buttons are hidden", () => {
  const page = pageOf(), hidden = () => page.document.querySelectorAll("button").map((one) => (one.closest("[data-all]") || one).hidden);
  delete page.boxOf("objectives").querySelector("[data-proposal]").dataset.proposal;
  showButtons(page);
  assert.deepEqual(hidden(), [false, false, true]);
});
