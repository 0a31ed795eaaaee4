import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, fill, sentencesOf, teller } from "../../../bank/web/static/deposit/sentences.mjs";
import { newDocument } from "./standing_in.mjs";

test("the page's sentences are known by what follows say", () => {
  assert.deepEqual(sentencesOf({ entry: "7", saySaved: "Saved {time}", sayChangedByNobody: "x" }), { saved: "Saved {time}", changedbynobody: "x" });
});

test("a place without a value stays as it is, and zero is a value", () => {
  assert.equal(fill("{count} of {most}, {who}", { count: 0, most: 5 }), "0 of 5, {who}");
});

test("the time of day is written as the language writes it", () => {
  assert.equal(clock("2024-01-02T15:04:00Z", "es", "America/Mexico_City"), "09:04");
  assert.equal(clock("2024-07-02T05:04:00Z", "en", "America/Mexico_City"), "23:04");
});

test("the line that tells leads to signing in where there is something to say about it", () => {
  const document = newDocument(), status = document.make("p", { text: "old" });
  const tell = teller(status, "/deposits/7");
  tell("Saved");
  assert.equal(status.textContent, "Saved");
  tell("Gone", "Sign in");
  assert.equal(status.textContent, "Gone Sign in");
  assert.equal(status.children[0].href, "/login?written=kept&next=%2Fdeposits%2F7");
  tell("Wrong:", "", [{ text: "Title", hash: "#f-title" }]);
  assert.deepEqual([status.textContent, status.children.at(-1).href], ["Wrong: Title", "#f-title"]);
});
