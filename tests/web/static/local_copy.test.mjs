import assert from "node:assert/strict";
import { test } from "node:test";
import { LocalCopy, sortedOut } from "../../../bank/web/static/deposit/local_copy.mjs";

function memory() {
  const kept = new Map();
  return { kept, setItem: (name, text) => kept.set(name, text), getItem: (name) => kept.get(name) ?? null, removeItem: (name) => kept.delete(name) };
}
const one = (base, text) => ({ base, kept: [["title.es", text, false]], moment: "m" });

test("what is kept is read again, and goes when there is nothing to keep", () => {
  const storage = memory(), copy = new LocalCopy(() => storage, "bank-entry-7");
  assert.equal(copy.read(), null);
  copy.keep({ title: one("aa", "x") });
  assert.deepEqual(new LocalCopy(() => storage, "bank-entry-7").read(), { fields: { title: one("aa", "x") }, unrestored: {} });
  assert.equal(new LocalCopy(() => storage, "bank-entry-8").read(), null);
  copy.keep({});
  assert.equal(storage.kept.size, 0);
});

test("what a person is asked about is kept though all else is saved", () => {
  const storage = memory(), copy = new LocalCopy(() => storage, "x");
  copy.unrestored = { title: one("aa", "old") };
  assert.equal(copy.asking, true);
  copy.keep({});
  assert.deepEqual(copy.read().unrestored, { title: one("aa", "old") });
});

test("a browser that keeps nothing, or something else, is no hindrance", () => {
  const copy = new LocalCopy(() => { throw new Error("no leave"); }, "x"), storage = memory();
  copy.keep({ title: one("aa", "x") });
  assert.equal(copy.read(), null);
  storage.setItem("x", "{half");
  assert.equal(new LocalCopy(() => storage, "x").read(), null);
});

test("what nobody changed since comes back, about what the bank has otherwise a person is asked", () => {
  const left = { fields: { title: one("aa", "mine"), summary: one("bb", "mine"), same: one("cc", "equal"), gone: one("dd", "x") }, unrestored: { older: one("ee", "older"), taken: one("ff", "equal") } };
  const there = { title: one("aa", "theirs"), summary: one("b2", "theirs"), same: one("c2", "equal"), older: one("ee", "now"), taken: one("f2", "equal") };
  const { back, asked } = sortedOut(left, (field) => there[field] || null);
  assert.deepEqual(back.map(([field]) => field), ["title"]);
  assert.deepEqual(Object.keys(asked), ["older", "summary"]);
});
