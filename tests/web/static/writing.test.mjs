import assert from "node:assert/strict";
import { test } from "node:test";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { listenToWriting, written } from "../../../bank/web/static/deposit/writing.mjs";
import { pageWith } from "./standing_in.mjs";

const pageOf = (...boxes) => pageWith({ touched: new Touched() }, ...boxes);
const field = (name, ...controls) => (document) => document.make("div", { dataset: { field: name } }, ...controls.map(([tag, given]) => document.make(tag, given)));
const named = (page, name) => page.document.querySelector(`[name="${name}"]`);

test("a field in which somebody writes is to be saved", () => {
  const page = pageOf(field("title", ["input", { name: "title.es" }]));
  written(page, { type: "input", target: named(page, "title.es") });
  assert.deepEqual([page.touched.fields, page.asked], [["title"], []]);
});

test("a tick that decides about a file's word is saved at once", () => {
  const page = pageOf(field("title", ["input", { name: "use", type: "checkbox", checked: true }], ["input", { name: "confirm", type: "checkbox" }]));
  written(page, { type: "change", target: named(page, "use") });
  written(page, { type: "change", target: named(page, "confirm") });
  assert.deepEqual([page.touched.fields, page.asked, named(page, "use").checked], [["title"], [0, 0], true]);
});

test("a tick taken away is forgotten, unless a save that may have it is under way: then it is sent again", () => {
  for (const busy of [false, true]) {
    const page = pageOf((document) => document.make("div", { dataset: { field: "title" } },
      document.make("div", { dataset: { proposal: "" } }, document.make("input", { name: "confirm", type: "checkbox", checked: true }))));
    written(page, { type: "change", target: named(page, "confirm") });
    page.saver.busy = busy;
    named(page, "confirm").checked = false;
    written(page, { type: "change", target: named(page, "confirm") });
    assert.equal(page.touched.has("title"), busy);
  }
});

test("who writes after taking a file's word wants what is written", () => {
  const page = pageOf(field("title", ["input", { name: "title.es" }], ["input", { name: "use", type: "checkbox", checked: true }]));
  written(page, { type: "input", target: named(page, "title.es") });
  assert.equal(named(page, "use").checked, false);
});

test("which of two texts stays, and what is outside of fields, is sent with the form", () => {
  const page = pageOf(field("title", ["input", { name: "keep.title", type: "radio" }], ["input", { type: "text", id: "nameless" }]));
  page.form.append(page.document.make("input", { name: "accept", type: "checkbox" }));
  for (const target of [named(page, "keep.title"), named(page, "accept"), page.document.getElementById("nameless")]) written(page, { type: "change", target });
  assert.equal(page.touched.any, false);
});

test("who writes in a language says the entry's language, unless somebody said it", () => {
  const tongue = (document) => document.make("div", { dataset: { field: "title" } }, document.make("div", { dataset: { language: "pt" } }, document.make("input", { name: "title.pt" })));
  const page = pageOf(tongue, field("language", ["select", { name: "language", value: "" }]));
  written(page, { type: "input", target: named(page, "title.pt") });
  assert.deepEqual([named(page, "language").value, page.touched.fields], ["pt", ["language", "title"]]);
  named(page, "language").value = "es";
  written(page, { type: "input", target: named(page, "title.pt") });
  assert.equal(named(page, "language").value, "es");
});

test("a city that is found goes into the list on a line of its own, by choosing it or by the Enter key", () => {
  const page = pageOf(field("cities", ["textarea", { id: "cities", name: "cities", value: "León\n" }], ["input", { id: "add", dataset: { addLine: "cities" }, value: " Colima " }]));
  const add = page.document.getElementById("add"), list = page.document.getElementById("cities");
  listenToWriting(page);
  const hear = (type, more = {}) => page.document.listeners[type].forEach((act) => act({ type, target: add, preventDefault: () => {}, ...more }));
  hear("input");
  assert.equal(list.value, "León\n");
  hear("change");
  assert.deepEqual([list.value, add.value, page.touched.fields], ["León\nColima", "", ["cities"]]);
  hear("keydown", { key: "Enter" });
  assert.equal(list.value, "León\nColima");
  add.value = "Mérida";
  hear("keydown", { key: "Enter" });
  assert.equal(list.value, "León\nColima\nMérida");
});
