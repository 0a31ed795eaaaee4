import assert from "node:assert/strict";
import { test } from "node:test";
import { exchange, showPieces, unfold } from "../../../bank/web/static/deposit/pieces.mjs";
import { newDocument, pageWith } from "./standing_in.mjs";

function piece(document, text, open, ...more) {
  return document.make("section", { id: "files", text }, document.make("details", { open }), ...more);
}
function pageOf(parts = {}, ...more) {
  const page = pageWith(parts);
  page.document.body.append(piece(page.document, "old", true, ...more.map((one) => one(page.document))));
  return page;
}
const shown = (page) => page.document.getElementById("files");

test("a newer piece comes, and what people opened in it stays open", () => {
  const page = pageOf();
  exchange(page, "files", piece(page.document, "new", false));
  assert.deepEqual([shown(page).text, shown(page).children[0].open], ["new", true]);
});

test("a piece stays where somebody is in it, has chosen files in it, or leaves the page", () => {
  const focused = pageOf(), chosen = pageOf({}, (document) => document.make("input", { type: "file", files: [{ size: 1 }] })), leaving = pageOf({ leaving: () => true });
  shown(focused).children[0].focus();
  for (const page of [focused, chosen, leaving]) {
    exchange(page, "files", piece(page.document, "new", false));
    assert.equal(shown(page).text, "old");
  }
});

test("a piece that is not on the page does not come", () => {
  const page = pageOf();
  exchange(page, "elsewhere", piece(page.document, "new", false));
  assert.equal(page.document.getElementById("elsewhere"), null);
});

test("how complete the entry is, and what it is called, comes with a save", () => {
  const fresh = newDocument();
  fresh.title = "Huertos · Banco";
  fresh.body.append(fresh.make("h1", { id: "heading", text: "Huertos" }));
  fresh.body.append(fresh.make("section", { id: "standing", text: "5 of 8" }));
  const page = pageWith({ parse: () => fresh });
  page.document.body.append(page.document.make("h1", { id: "heading", text: "Old" }), page.document.make("section", { id: "standing", text: "4 of 8" }));
  showPieces(page, "<section>");
  const told = ["standing", "heading"].map((id) => page.document.getElementById(id).text);
  assert.deepEqual([...told, page.document.title], ["5 of 8", "Huertos", "Huertos · Banco"]);
});

test("all folds around a box are opened", () => {
  const document = newDocument(), box = document.make("div"), inner = document.make("details", {}, box), outer = document.make("details", {}, document.make("div", {}, inner));
  document.body.append(outer);
  unfold(box);
  assert.deepEqual([inner.open, outer.open], [true, true]);
});
