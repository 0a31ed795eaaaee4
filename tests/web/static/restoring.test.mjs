import assert from "node:assert/strict";
import { test } from "node:test";
import { Bases } from "../../../bank/web/static/deposit/bases.mjs";
import { LocalCopy } from "../../../bank/web/static/deposit/local_copy.mjs";
import { keptOf, restore } from "../../../bank/web/static/deposit/restoring.mjs";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

const kept = (field, base, text) => ({ base, kept: [[`${field}.es`, text, false]], moment: "noon" });

function pageOf(left) {
  const storage = { getItem: () => JSON.stringify(left), setItem: () => {}, removeItem: () => {} };
  const parts = { touched: new Touched(), bases: new Bases(), copy: new LocalCopy(() => storage, "x") };
  return pageWith(parts, (document) => boxWith(document, "title", "bank", "aa"), (document) => boxWith(document, "summary", "bank", "bb"));
}
const written = (page, field) => page.boxOf(field).children[1].value;

test("what is not saved is kept with what it was written upon", () => {
  const page = pageOf(null);
  page.touched.touch("title");
  page.touched.touch("gone");
  assert.deepEqual(keptOf(page, "noon"), { title: kept("title", "aa", "bank") });
});

test("without a copy nothing happens", () => {
  const page = pageOf(null);
  restore(page);
  assert.deepEqual([page.said, page.asked, page.kept], [[], [], 0]);
});

test("what nobody changed since comes back and is saved; the rest is asked about", () => {
  const page = pageOf({ fields: { title: kept("title", "aa", "mine"), summary: kept("summary", "b0", "older") }, unrestored: {} });
  restore(page);
  assert.deepEqual([written(page, "title"), written(page, "summary")], ["mine", "bank"]);
  assert.deepEqual([page.touched.fields, page.asked, page.said], [["title"], [0], ["restored", "choose"]]);
  const [take] = page.document.getElementById("asking").querySelectorAll("button");
  take.onclick();
  assert.deepEqual([written(page, "summary"), page.touched.fields, page.copy.asking], ["older", ["title", "summary"], false]);
  assert.equal(page.document.getElementById("asking").children.length, 0);
});

test("an older copy may be thrown away", () => {
  const page = pageOf({ fields: {}, unrestored: { summary: kept("summary", "bb", "older") } });
  restore(page);
  const [, drop] = page.document.getElementById("asking").querySelectorAll("button");
  drop.onclick();
  assert.deepEqual([written(page, "summary"), page.copy.asking, page.touched.any, page.said.at(-1)], ["bank", false, false, "saved"]);
});
