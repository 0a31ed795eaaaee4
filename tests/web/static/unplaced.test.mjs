import assert from "node:assert/strict";
import { test } from "node:test";
import { saidBy, settle } from "../../../bank/web/static/deposit/unplaced.mjs";
import { answering, newDocument, pageWith } from "./standing_in.mjs";

function item(document, key) {
  const button = (name) => document.make("button", { name, value: key, attributes: { formaction: "/deposits/1/unplaced" } });
  const select = document.make("select", { name: `into.${key}`, value: "context" });
  return document.make("li", { id: key }, select, button("place"), button("leave"));
}
function listOf(document, keys, undone = []) {
  const back = (key) => document.make("li", {}, document.make("button", { name: "back", value: key, attributes: { formaction: "" } }));
  const settled = document.make("details", { className: "settled", open: false }, document.make("summary"), ...undone.map(back));
  return document.make("div", { id: "unplaced" }, document.make("ul", {}, ...keys.map((key) => item(document, key))), settled);
}
function pageOf(keys, left, undone = []) {
  const fresh = newDocument();
  fresh.body.append(listOf(fresh, left, undone));
  const page = pageWith({ parse: () => fresh });
  page.document.body.append(listOf(page.document, keys));
  return page;
}
const shown = (page) => page.document.getElementById("unplaced");
const pressed = (page, name, at = 0) => ({ target: shown(page).querySelectorAll(`[name=${name}]`)[at], preventDefault() {} });

test("a button says what the form would send of it", () => {
  const page = pageOf(["1.1", "1.2"], []);
  const [button] = shown(page).querySelectorAll("[name=place]");
  assert.equal(saidBy(button).toString(), "place=1.1&part=true&into.1.1=context");
});

test("an answer goes from the list at once; what is written is saved first, then it is sent and the form brought up to date", async () => {
  const page = pageOf(["1.1", "1.2"], ["1.2"], ["1.1"]), order = [], first = shown(page).querySelector("li");
  page.saver.save = async () => { order.push(first.hidden); };
  const asked = await answering({}, () => settle(page, pressed(page, "place")));
  assert.deepEqual([order, asked[0].address, asked[0].method, page.refreshed], [[true], "/deposits/1/unplaced", "POST", 1]);
  assert.deepEqual(shown(page).querySelectorAll("[name=place]").map((one) => one.value), ["1.2"]);
});

test("the fold of what is settled stays as open as it was", async () => {
  const page = pageOf(["1.1"], [], ["1.1"]);
  shown(page).querySelector(".settled").open = true;
  await answering({}, () => settle(page, pressed(page, "leave")));
  assert.equal(shown(page).querySelector(".settled").open, true);
});

test("without an answer, room or a session it comes back and it is told why; other clicks are none of its business", async () => {
  const page = pageOf(["1.1"], []), answers = [new Error("no line"), { status: 507 }, { status: 401 }, { status: 404 }];
  for (const answer of answers) await answering(answer, () => settle(page, pressed(page, "place")));
  assert.deepEqual(page.said, ["offline stayed", "full stayed", "expired stayed + again", "closed"]);
  assert.equal(shown(page).querySelector("li").hidden, false);
  assert.deepEqual(await answering({}, () => settle(page, { target: page.status })), []);
});
