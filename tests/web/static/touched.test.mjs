import assert from "node:assert/strict";
import { test } from "node:test";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";

const everywhere = () => true;

test("what was written in is to be saved until it was saved as it stands", () => {
  const touched = new Touched();
  touched.touch("title");
  const sent = touched.pending(everywhere);
  touched.touch("title");
  assert.equal(touched.saved("title", sent.get("title")), false);
  assert.equal(touched.has("title"), true);
  assert.equal(touched.saved("title", touched.pending(everywhere).get("title")), true);
  assert.equal(touched.any, false);
});

test("a field that waits for a person's word is not sent until somebody writes in it", () => {
  const touched = new Touched();
  touched.touch("title");
  touched.touch("summary");
  touched.hold("title");
  assert.deepEqual([...touched.pending(everywhere).keys()], ["summary"]);
  touched.count("title");
  assert.equal(touched.isHeld("title"), true);
  touched.touch("title");
  assert.deepEqual([...touched.pending(everywhere).keys()], ["title", "summary"]);
});

test("what the bank has taken waits for nobody", () => {
  const touched = new Touched();
  touched.touch("title");
  touched.hold("title");
  touched.count("title");
  assert.equal(touched.saved("title", 1), false);
  assert.equal(touched.isHeld("title"), false);
});

test("a person may let all fields go at once", () => {
  const touched = new Touched();
  touched.touch("title");
  touched.hold("title");
  assert.equal(touched.anyHeld, true);
  touched.releaseAll();
  assert.equal(touched.anyHeld, false);
  assert.equal(touched.pending(everywhere).size, 1);
});

test("what is dropped is forgotten, and what is not on the page is not sent", () => {
  const touched = new Touched();
  touched.touch("title");
  touched.touch("files.1");
  touched.hold("title");
  touched.drop("title");
  assert.deepEqual([touched.has("title"), touched.isHeld("title"), touched.fields], [false, false, ["files.1"]]);
  assert.equal(touched.pending((field) => field !== "files.1").size, 0);
});
