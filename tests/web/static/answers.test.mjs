import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf, follow, saidOf } from "../../../bank/web/static/deposit/answers.mjs";
import { Bases } from "../../../bank/web/static/deposit/bases.mjs";
import { baseControl } from "../../../bank/web/static/deposit/controls.mjs";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

const SAVED = { version: 2, moment: "noon", bases: { title: "bb" }, pieces: "" };

function pageOf(...more) {
  const page = pageWith({ touched: new Touched(), bases: new Bases(), copy: { asking: false } }, (document) => boxWith(document, "title", "mío", "aa", ...more.map((one) => one(document))));
  page.touched.touch("title");
  return page;
}
const offer = (checked) => (document) => document.make("div", { dataset: { offer: "" } }, document.make("input", { name: "use", checked }));

test("what was saved is no longer to be saved, and stands upon its new base", async () => {
  const page = pageOf((document) => document.make("p", { className: "wrong small" }));
  await follow(page, "saved", SAVED, page.pending());
  assert.deepEqual([page.version, page.touched.any, page.said.at(-1), page.kept, page.refreshed], [2, false, "saved", 1, 0]);
  assert.equal(baseControl(page.boxOf("title")).value, "bb");
  assert.equal(page.boxOf("title").querySelector(".wrong"), null);
});

test("what was written while it was being saved is saved next", async () => {
  const page = pageOf(offer(true)), sent = page.pending();
  page.touched.touch("title");
  await follow(page, "saved", SAVED, sent);
  assert.equal(page.touched.has("title"), true);
  assert.deepEqual([page.asked.length, page.stale.size], [1, 0]);
  assert.ok(page.boxOf("title").querySelector("[name=use]"));
});

test("where a file's offer was taken the field is shown anew", async () => {
  const page = pageOf(offer(true));
  await follow(page, "saved", SAVED, page.pending());
  assert.deepEqual([[...page.stale], page.refreshed], [["title"], 1]);
  assert.equal(page.boxOf("title").querySelector("[name=use]"), null);
});

test("where it was not taken the field stays", async () => {
  const page = pageOf(offer(false));
  await follow(page, "saved", SAVED, page.pending());
  assert.equal(page.refreshed, 0);
});

test("after a save what is still asked of a person comes first", () => {
  const page = pageOf();
  assert.equal(saidOf(page, "noon"), "saved");
  page.copy.asking = true;
  assert.equal(saidOf(page, "noon"), "choose");
  page.touched.hold("title");
  assert.equal(saidOf(page, "noon"), "wrong");
  page.boxOf("title").append(page.document.make("div", { className: "note both" }));
  assert.equal(saidOf(page, "noon"), "conflict");
});

test("who was overtaken sees the other text where both wrote, and goes on where they didn't", async () => {
  const apart = pageOf(), same = pageOf();
  await follow(apart, "overtaken", { version: 5, fields: {} }, apart.pending());
  assert.deepEqual([apart.version, apart.refreshed, apart.said, apart.asked, apart.pending().size], [5, 1, [], [0], 1]);
  await follow(same, "overtaken", { version: 5, fields: { title: { text: "suyo", who: "Ana", time: "9:00" } } }, same.pending());
  assert.deepEqual([same.said, same.pending().size], [["conflict"], 0]);
  assert.ok(same.boxOf("title").querySelector(".both"));
});

test("one's own other window is not somebody else, unless somebody else wrote as well", async () => {
  const page = pageOf();
  await follow(page, "overtaken", { version: 5, fields: { title: { text: "otro", who: "Ana", time: "9:00", own: true } } }, page.pending());
  assert.deepEqual(page.said, ["conflictown"]);
  assert.equal(page.boxOf("title").querySelector(".both").children[0].textContent, "changedbyyou");
  page.boxOf("title").append(page.document.make("div", { className: "note both" }));
  assert.equal(saidOf(page, "noon"), "conflict");
});

test("what can't be taken is not called a little long and all right", async () => {
  const counted = (document) => document.make("div", {}, document.make("textarea", { value: "uno dos tres" }), document.make("p", { className: "count", dataset: { most: "2" } }));
  const page = pageOf(counted), said = () => page.boxOf("title").querySelector(".count").textContent;
  await follow(page, "wrong", { errors: [{ field: "title", message: "At most 300." }] }, page.pending());
  assert.equal(said(), "words");
  page.touched.touch("title");
  await follow(page, "saved", SAVED, page.pending());
  assert.equal(said(), "words · long");
});

test("a person is asked only when the page is up to date, so that an answer is not asked for twice", async () => {
  const page = pageOf(), during = [];
  page.refresh = async () => { during.push([page.pending().size, page.document.querySelectorAll(".both").length]); };
  await follow(page, "overtaken", { version: 5, fields: { title: { text: "suyo", who: "Ana", time: "9:00" } } }, page.pending());
  assert.deepEqual([during, page.document.querySelectorAll(".both").length], [[[0, 0]], 1]);
});

test("what can't be taken is told in its field, and waits", async () => {
  const page = pageOf();
  await follow(page, "wrong", { errors: [{ field: "title.xx", message: "No such language." }] }, page.pending());
  assert.equal(page.boxOf("title").querySelector(".wrong").textContent, "No such language.");
  assert.deepEqual([page.said, page.pending().size, page.touched.has("title")], [["wrong"], 0, true]);
});

test("a fault without a field is told in all that were sent", () => {
  assert.deepEqual(faultsOf({ errors: [{ field: "files.1.people", message: "a" }, { field: "accept", message: "b" }] }, ["files.1", "files.10"]), [["files.1", "a", "files.1.people"]]);
  assert.deepEqual(faultsOf({ detail: "no" }, ["title", "cost"]), [["title", "no", "title"], ["cost", "no", "cost"]]);
});

test("without a line, room, a session or leave all stays written, and it is tried again but where it is closed", async () => {
  const told = [];
  for (const outcome of ["noLine", "busy", "full", "signedOut", "closed"]) {
    const page = pageOf();
    await follow(page, outcome, null, page.pending());
    told.push([page.said, page.asked.length, page.touched.any]);
  }
  assert.deepEqual(told, [[["offline"], 1, true], [["busy"], 1, true], [["full"], 1, true], [["expired + again"], 1, true], [["closed"], 0, true]]);
});
