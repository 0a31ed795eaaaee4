import assert from "node:assert/strict";
import { test } from "node:test";
import { moveBar, stepOf, watchReading } from "../../../bank/web/static/deposit/reading.mjs";
import { pageWith } from "./standing_in.mjs";

test("while a job runs its bar moves; once it is over, or something else changed, the page is asked for anew", () => {
  const running = { version: 1, job: { state: "running" } };
  assert.equal(stepOf(running, 1, false), "bar");
  assert.equal(stepOf(running, 2, false), "refresh");
  assert.equal(stepOf(running, 2, true), "bar");
  for (const job of [null, { state: "done" }, { state: "failed" }, { state: "cancelled" }]) assert.equal(stepOf({ version: 1, job }, 1, false), "refresh");
});

test("a bar shows how far the job is, once anybody knows how long it is", () => {
  const progress = {};
  moveBar(progress, { done: 2, total: null });
  assert.deepEqual(progress, {});
  moveBar(progress, { done: 2, total: 5 });
  assert.deepEqual(progress, { max: 5, value: 2 });
  moveBar(null, { done: 2, total: 5 });
});

test("where nothing is being read, what comes after it begins at once", async () => {
  let done = 0;
  await watchReading(pageWith({}), () => { done += 1; });
  assert.equal(done, 1);
});
