import assert from "node:assert/strict";
import { test } from "node:test";
import { isMeant, keyChoice } from "../../../bank/web/static/viewer/keys.mjs";

const press = (key, target = { tagName: "BODY" }, held = {}) => ({ key, target, ...held });

test("the choice of having keys is kept, and taken back", () => {
  const kept = new Map();
  const storage = () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value), removeItem: (name) => kept.delete(name) });
  const choice = keyChoice(storage);
  assert.equal(choice.on, true);
  choice.choose(false);
  assert.deepEqual([choice.on, keyChoice(storage).on], [false, false]);
  choice.choose(true);
  assert.deepEqual([choice.on, keyChoice(storage).on], [true, true]);
});

test("where nothing may be kept the choice holds for this page", () => {
  const choice = keyChoice(() => { throw new Error("forbidden"); });
  choice.choose(false);
  assert.equal(choice.on, false);
});

test("a press is for the page where nobody writes and no other key is held", () => {
  const sheet = { tagName: "DIV", scrollWidth: 900, clientWidth: 300 };
  assert.equal(isMeant(press("n"), sheet), true);
  assert.equal(isMeant(press("n", { tagName: "INPUT", type: "checkbox" }), sheet), true);
  for (const target of [{ tagName: "INPUT", type: "search" }, { tagName: "TEXTAREA" }, { tagName: "P", isContentEditable: true }]) {
    assert.equal(isMeant(press("n", target), sheet), false);
  }
  for (const held of ["ctrlKey", "altKey", "metaKey"]) assert.equal(isMeant(press("n", undefined, { [held]: true }), sheet), false);
});

test("an arrow scrolls a drawing that is wider than its room, and turns the page elsewhere", () => {
  const wide = { tagName: "DIV", scrollWidth: 900, clientWidth: 300 }, narrow = { ...wide, scrollWidth: 300 };
  assert.equal(isMeant(press("ArrowRight", wide), wide), false);
  assert.equal(isMeant(press("n", wide), wide), true);
  assert.equal(isMeant(press("ArrowRight", narrow), narrow), true);
});
