import assert from "node:assert/strict";
import { test } from "node:test";
import { refresh, verdict } from "../../../bank/web/static/deposit/refreshing.mjs";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { answering, boxWith, newDocument, pageWith } from "./standing_in.mjs";

const NOTHING = { moved: false, noted: false, notedNow: false, stale: false, touched: false, held: false, focused: false };
const of = (given) => verdict({ ...NOTHING, ...given });

test("what is as it was stays, and what is newer comes where nobody is writing", () => {
  assert.equal(of({}), "leave");
  assert.equal(of({ moved: true }), "replace");
  assert.equal(of({ notedNow: true }), "replace");
  assert.equal(of({ stale: true }), "replace");
  assert.equal(of({ moved: true, focused: true }), "leave");
});

test("what somebody wrote in is never replaced", () => {
  assert.equal(of({ moved: true, touched: true }), "contest");
  assert.equal(of({ moved: true, touched: true, held: true }), "leave");
  assert.equal(of({ moved: true, touched: true, notedNow: true }), "rebase");
  assert.equal(of({ stale: true, touched: true }), "leave");
});

function served(...boxes) {
  const fresh = newDocument();
  fresh.title = "New";
  fresh.body.append(fresh.make("form", { id: "entry", dataset: { version: "9" } }, ...boxes.map((box) => box(fresh))));
  return fresh;
}
const box = (field, text, base, ...more) => (document) => boxWith(document, field, text, base, ...more.map((one) => one(document)));
const proposal = (document) => document.make("div", { dataset: { proposal: "file" } });
const written = (page, field) => page.boxOf(field).children[1].value;
const ask = (page, given = {}) => answering(given, () => refresh(page));

test("newer fields come in, the version with them, and what is being written stays", async () => {
  const fresh = served(box("title", "theirs", "a2"), box("summary", "theirs", "b2"), box("state", "same", "cc"));
  const page = pageWith({ touched: new Touched(), parse: () => fresh }, box("title", "old", "aa"), box("summary", "mine", "bb"), box("state", "same", "cc"));
  page.touched.touch("summary");
  page.stale.add("title");
  await ask(page);
  assert.deepEqual([written(page, "title"), written(page, "summary"), page.version, page.document.title, page.stale.size], ["theirs", "mine", 9, "error New", 0]);
  assert.ok(page.boxOf("summary").querySelector(".both"));
});

test("what a file filled in is counted", async () => {
  const fresh = served(box("title", "read", "a2", proposal), box("summary", "read", "b2", proposal));
  const one = pageWith({ touched: new Touched(), parse: () => fresh }, box("title", "", "aa"));
  await ask(one);
  assert.deepEqual(one.said, ["newone"]);
  const two = pageWith({ touched: new Touched(), parse: () => served(box("title", "read", "a2", proposal), box("summary", "read", "b2", proposal)) }, box("title", "", "aa"), box("summary", "", "bb"));
  await ask(two);
  assert.deepEqual(two.said, ["new"]);
});

test("what a file proposes for a field that is being written in only moves its base", async () => {
  const page = pageWith({ touched: new Touched(), parse: () => served(box("title", "read", "a2", proposal)) }, box("title", "mine", "aa"));
  page.touched.touch("title");
  await ask(page);
  assert.deepEqual([written(page, "title"), page.boxOf("title").children[0].value, page.said], ["mine", "a2", []]);
});

test("a page that is older than what is shown does not come in", async () => {
  const page = pageWith({ touched: new Touched() }, box("title", "old", "aa"));
  page.parse = () => {
    page.saver.answered += 1;
    return served(box("title", "older", "a0"));
  };
  await ask(page);
  page.parse = () => served(box("title", "older", "a0"));
  page.saver.inFlight = true;
  await ask(page);
  assert.deepEqual([written(page, "title"), page.version], ["old", 1]);
});

test("without an answer all stays, and where there is no form any more the page is loaded again", async () => {
  const page = pageWith({ touched: new Touched() }, box("title", "old", "aa"));
  await ask(page, new Error("no line"));
  await ask(page, { status: 500 });
  await ask(page, { given: { redirected: true } });
  assert.deepEqual([written(page, "title"), page.said], ["old", []]);
  await ask(page);
  assert.deepEqual(page.said, ["loaded again"]);
});

test("who changed the same field in another tab is told to have done it", async () => {
  const fresh = served(box("title", "theirs", "a2"));
  fresh.getElementById("entry").dataset.later = JSON.stringify({ title: { who: "Ana", time: "9:00", ago: "hace 2 minutos", own: true } });
  const page = pageWith({ touched: new Touched(), parse: () => fresh }, box("title", "mine", "aa"));
  page.touched.touch("title");
  await ask(page);
  assert.equal(page.boxOf("title").querySelector(".both p").textContent, "changedbyyou");
});
