import assert from "node:assert/strict";
import { test } from "node:test";
import { addRowAfter, nameIn } from "../../../bank/web/static/deposit/rows.mjs";
import { newDocument } from "./standing_in.mjs";

function rows() {
  const document = newDocument();
  const pair = (name, text) => [document.make("label", { htmlFor: name, text }), document.make("input", { id: name, name, value: "written" })];
  const row = document.make("div", { dataset: { row: "" } }, ...pair("links.0.title", "Link 1: title"), ...pair("links.0.url", "Link 1: address"));
  document.body.append(document.make("fieldset", {}, row));
  return row;
}

test("a part has the same name in every row", () => {
  assert.equal(nameIn("links", 3, "links.0.url"), "links.3.url");
});

test("after the last row comes an empty one with names and labels of its own", () => {
  const row = rows();
  addRowAfter(row, "links");
  const next = row.nextElementSibling, [one, title, two, url] = next.children;
  assert.deepEqual([title.name, title.id, title.value, url.name, url.value], ["links.1.title", "links.1.title", "", "links.1.url", ""]);
  assert.deepEqual([one.htmlFor, one.textContent, two.htmlFor], ["links.1.title", "Link 2: title", "links.1.url"]);
  assert.equal(row.children[1].value, "written");
});

test("a row that has one after it gets no other", () => {
  const row = rows();
  addRowAfter(row, "links");
  addRowAfter(row, "links");
  assert.equal(row.parentElement.children.length, 2);
});
