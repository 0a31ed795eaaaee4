import assert from "node:assert/strict";
import { test } from "node:test";
import { outcomeOf, Saver, send } from "../../../bank/web/static/deposit/saving.mjs";
import { answering } from "./standing_in.mjs";

test("what an answer means is told by its status", () => {
  const told = [200, 401, 412, 422, 403, 404, 409, 413, 428, 408, 429, 500, 503, 507].map(outcomeOf);
  assert.deepEqual(told, ["saved", "signedOut", "overtaken", "wrong", "closed", "closed", "closed", "closed", "closed", "noLine", "busy", "busy", "busy", "full"]);
});

test("controls go as a form sends them, and what is told comes back", async () => {
  let told;
  const asked = await answering({ json: { version: 4 } }, async () => { told = await send("/deposits/7", [["version", "3"], ["themes", "a"], ["themes", "b"], ["title.es", "ñ & =\n"]]); });
  assert.deepEqual(told, { outcome: "saved", told: { version: 4 } });
  assert.equal(asked[0].method, "PATCH");
  assert.ok(asked[0].body instanceof URLSearchParams);
  assert.equal(asked[0].body.toString(), "version=3&themes=a&themes=b&title.es=%C3%B1+%26+%3D%0A");
  assert.deepEqual(Object.keys(asked[0].headers), ["accept"]);
});

test("an answer without a word for the script is not read", async () => {
  let told;
  await answering({ status: 503, given: { json: async () => { throw new Error("no JSON"); } } }, async () => { told = await send("/x", []); });
  assert.deepEqual(told, { outcome: "busy", told: null });
});

function saverOf(outcomes, fields = new Map([["title", 1]])) {
  const log = [];
  const saver = new Saver({
    pending: () => fields,
    send: async () => {
      log.push(`sent ${saver.busy} ${saver.inFlight}`);
      const next = outcomes.shift();
      if (next instanceof Error) throw next;
      return { outcome: next, told: null };
    },
    follow: async (outcome) => { log.push(`${outcome} ${saver.busy} ${saver.inFlight}`); },
  });
  return { saver, log };
}

test("while what follows from an answer is done, the saver is busy and nothing is on its way", async () => {
  const { saver, log } = saverOf(["saved"]);
  assert.equal(await saver.save(), true);
  assert.deepEqual(log, ["sent true true", "saved true false"]);
  assert.deepEqual([saver.busy, saver.answered], [false, 1]);
});

test("who asks hears whether the bank has decided on it, or the same is to be sent again", async () => {
  const heard = [];
  for (const outcome of ["saved", "overtaken", "wrong", "closed", "signedOut", "busy", "full", "noLine", new Error("no line")]) heard.push(await saverOf([outcome]).saver.save());
  assert.deepEqual(heard, [true, true, true, true, false, false, false, false, false]);
});

test("without a line it is told so, and nothing was answered", async () => {
  const { saver, log } = saverOf([new Error("no line")]);
  await saver.save();
  assert.equal(log.at(-1), "noLine true true");
  assert.deepEqual([saver.busy, saver.inFlight, saver.answered], [false, false, 0]);
});

test("nothing is sent where nothing is to be saved", async () => {
  const { saver, log } = saverOf(["saved"], new Map());
  assert.equal(await saver.save(), true);
  assert.deepEqual(log, []);
});

test("one request at a time: who asks meanwhile waits for it, and it is asked again after it", async () => {
  const { saver, log } = saverOf(["saved", "saved"]);
  const pauses = [];
  saver.soon = (pause) => pauses.push(pause);
  const first = saver.save();
  assert.equal(saver.save(), first);
  await first;
  assert.deepEqual([pauses.length, log.length], [1, 2]);
});

test("a pause is counted anew at each call", async () => {
  const { saver, log } = saverOf(["saved", "saved"]);
  saver.soon(0);
  saver.soon(0);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(log, ["sent true true", "saved true false"]);
});
