import assert from "node:assert/strict";
import { test } from "node:test";
import { asItStands, asServed, Bases } from "../../../bank/web/static/deposit/bases.mjs";
import { baseControl } from "../../../bank/web/static/deposit/controls.mjs";
import { boxWith, newDocument } from "./standing_in.mjs";

function fileBox(document) {
  const option = (value, defaultSelected) => document.make("option", { value, defaultSelected });
  const people = document.make("select", { name: "files.1.people", value: "" }, option("", false), option("adults", false));
  const consents = document.make("input", { name: "files.1.consents", type: "text", value: "", defaultValue: "" });
  return document.make("div", { dataset: { field: "files.1" } }, people, consents);
}

test("a field was written upon the fingerprint that the bank gave, and then upon the next one", () => {
  const box = boxWith(newDocument(), "title", "x", "aa"), bases = new Bases();
  assert.equal(bases.of(box), "aa");
  bases.saved(box, "bb", true);
  assert.equal(bases.of(box), "bb");
  bases.saved(box, undefined, true);
  assert.equal(baseControl(box).value, "bb");
});

test("what is said about a file was written upon what came with the page, until it is saved", () => {
  const box = fileBox(newDocument()), bases = new Bases(), came = bases.of(box);
  const [people, consents] = box.children;
  people.value = "adults";
  consents.value = "Archivo";
  assert.equal(bases.of(box), came);
  bases.saved(box, undefined, true);
  assert.equal(bases.of(box), asItStands(box));
  assert.ok(bases.of(box) !== came);
});

test("where somebody wrote while it was saved, what stands there is not what the bank has", () => {
  const box = fileBox(newDocument()), bases = new Bases();
  box.children[1].value = "Archivo";
  bases.saved(box, undefined, false);
  assert.equal(bases.of(box), asServed(box));
});

test("what nobody touched stands as it was served", () => {
  const box = fileBox(newDocument());
  assert.equal(asItStands(box), asServed(box));
});
