import assert from "node:assert/strict";
import { test } from "node:test";
import { baseControl, belongs, controlsOf, mark, partOf, putBack, standOf, textOf, unmark } from "../../../bank/web/static/deposit/controls.mjs";
import { boxWith, newDocument } from "./standing_in.mjs";

const form = [
  ["version", "3"], ["base.title", "aa"], ["title.es", "Huertos"], ["title.pt", ""], ["base.cost", "bb"], ["cost.amount", "12"],
  ["base.contact", "cc"], ["contact.post", "x"], ["base.contact_person", "dd"], ["contact_person", "y"],
  ["confirm", "cost"], ["use", "title"], ["keep.title", "mine"],
  ["files.1.people", "nobody"], ["files.10.people", "adults"], ["accept", "1"], ["remarks", "z"],
];

test("of a form only what the fields need is sent, with the version and empty texts", () => {
  assert.deepEqual(partOf(form, ["title"]), [["version", "3"], ["base.title", "aa"], ["title.es", "Huertos"], ["title.pt", ""], ["use", "title"]]);
  assert.deepEqual(partOf(form, ["contact"]), [["version", "3"], ["base.contact", "cc"], ["contact.post", "x"]]);
  assert.deepEqual(partOf(form, new Map([["files.1", 2]]).keys()), [["version", "3"], ["files.1.people", "nobody"]]);
  assert.deepEqual(partOf(form, []), [["version", "3"]]);
});

test("a tick that confirms belongs to the field that it names", () => {
  assert.equal(belongs("confirm", "cost", "cost"), true);
  assert.equal(belongs("confirm", "cost", "title"), false);
  assert.equal(belongs("use", "title", "title"), true);
});

test("what stands beside a value is no control of the field", () => {
  const document = newDocument();
  const beside = ["confirm", "use", "keep.title"].map((name) => document.make("input", { name, type: "checkbox", value: "x" }));
  const box = boxWith(document, "title", "Huertos", "aa", ...beside, document.make("input", { type: "search" }));
  assert.deepEqual(controlsOf(box).map((one) => one.name), ["title.es"]);
  assert.equal(baseControl(box).value, "aa");
  assert.equal(baseControl(boxWith(document, "files.1", "x")), null);
});

test("controls are put back as they stood, ticks by their values", () => {
  const document = newDocument(), tick = (value, checked) => document.make("input", { name: "themes", type: "checkbox", value, checked });
  const box = boxWith(document, "themes", "old", "aa", tick("a", true), tick("b", false));
  putBack(box, [["themes.es", "new", false], ["themes", "a", false], ["themes", "b", true], ["gone", "x", true]]);
  assert.deepEqual(standOf(box), [["themes.es", "new", false], ["themes", "a", false], ["themes", "b", true]]);
});

test("a person reads what is written, chosen and ticked, and nothing that is hidden", () => {
  const document = newDocument(), option = (value, text) => document.make("option", { value, text });
  const label = (text, given) => document.make("label", { text }, document.make("input", given));
  const box = document.make("div", {},
    document.make("input", { name: "city", type: "hidden", value: "mx-leon" }),
    document.make("select", { name: "state", type: "select-one", value: "b" }, option("a", "Planned"), option("b", " Running ")),
    label("Yes", { name: "x", type: "radio", value: "yes", checked: true }), label("No", { name: "x", type: "radio", value: "no" }),
    document.make("textarea", { name: "text", type: "textarea", value: " two\nlines " }), document.make("input", { name: "empty", type: "text", value: " " }));
  assert.equal(textOf(box), "Running\nYes\ntwo\nlines");
});

test("controls are marked as wrong and as right again", () => {
  const document = newDocument(), box = boxWith(document, "title", "x", "aa");
  const [spanish] = controlsOf(box), portuguese = document.make("input", { name: "title.pt", attributes: { "aria-describedby": "help" } });
  box.append(portuguese);
  mark(box, "title.pt");
  assert.deepEqual([spanish.attributes, portuguese.attributes], [{}, { "aria-invalid": "true", "aria-describedby": "help wrong-title.pt" }]);
  unmark(box);
  assert.deepEqual(portuguese.attributes, { "aria-describedby": "help" });
  mark(box, "title");
  assert.deepEqual(spanish.attributes, { "aria-invalid": "true", "aria-describedby": "wrong-title" });
  unmark(box);
  assert.deepEqual(spanish.attributes, {});
});
