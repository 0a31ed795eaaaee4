import assert from "node:assert/strict";
import { test } from "node:test";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { saidBy, settle } from "../../../bank/web/static/deposit/unplaced.mjs";
import { answering, newDocument, pageWith } from "./standing_in.mjs";

const FIELDS = { context: "Contexto", results: "Resultados" };

function item(document, key) {
  const button = (name) => document.make("button", { name, value: key, attributes: { formaction: "/deposits/1/unplaced" } });
  const options = Object.entries(FIELDS).map(([value, text]) => document.make("option", { value, text }));
  const select = document.make("select", { name: `into.${key}`, value: "context" }, ...options);
  return document.make("li", { id: key }, select, button("place"), button("leave"));
}
function listOf(document, keys, undone = [], further = []) {
  const back = (key) => document.make("li", {}, document.make("button", { name: "back", value: key, attributes: { formaction: "" } }));
  const fold = (name, ...items) => document.make("details", { className: name, dataset: { fold: name }, open: false }, document.make("summary"), ...items);
  const items = (all) => document.make("ul", {}, ...all.map((key) => item(document, key)));
  const folds = [...(further.length ? [fold("further", items(further))] : []), fold("settled", ...undone.map(back))];
  return document.make("div", { id: "unplaced" }, items(keys), ...folds);
}
function pageOf(keys, left, undone = [], further = [], furtherLeft = []) {
  const fresh = newDocument();
  fresh.body.append(listOf(fresh, left, undone, furtherLeft));
  const page = pageWith({ parse: () => fresh, touched: new Touched(), copy: { asking: false } });
  page.document.body.append(listOf(page.document, keys, [], further));
  return page;
}
const shown = (page) => page.document.getElementById("unplaced");
const pressed = (page, name, at = 0) => ({ target: shown(page).querySelectorAll(`[name=${name}]`)[at], preventDefault() {} });
const placeable = (page) => shown(page).querySelectorAll("[name=place]").map((one) => one.value);

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
  assert.ok(asked[0].signal instanceof AbortSignal);
  assert.deepEqual(placeable(page), ["1.2"]);
  assert.deepEqual(page.said, ["saved placed Contexto"]);
});

test("the folds stay as open as they were, and what was chosen for the others stays chosen", async () => {
  const page = pageOf(["1.1", "1.2"], ["1.2"], ["1.1"], ["1.3", "1.4"], ["1.3", "1.4"]);
  for (const name of [".settled", ".further"]) shown(page).querySelector(name).open = true;
  shown(page).querySelector('select[name="into.1.2"]').value = "results";
  await answering({}, () => settle(page, pressed(page, "leave")));
  assert.deepEqual([".settled", ".further"].map((name) => shown(page).querySelector(name).open), [true, true]);
  assert.equal(shown(page).querySelector('select[name="into.1.2"]').value, "results");
  assert.deepEqual(page.said, ["saved leftout"]);
});

test("the next answer is focused, in whichever list it is", async () => {
  const page = pageOf(["1.1", "1.2"], ["1.1", "1.2"], ["1.3"], ["1.3", "1.4"], ["1.4"]);
  await answering({}, () => settle(page, pressed(page, "place", 2)));
  assert.deepEqual([page.document.activeElement ?? shown(page).ownerDocument.activeElement].map((one) => one.value), ["1.4"]);
});

test("without an answer, room or a session it comes back and it is told why; other clicks are none of its business", async () => {
  const page = pageOf(["1.1"], []), answers = [new Error("no line"), { status: 507 }, { status: 401 }, { status: 404 }];
  for (const answer of answers) await answering(answer, () => settle(page, pressed(page, "place")));
  assert.deepEqual(page.said, ["offline stayed", "full stayed", "expired stayed + again", "closed"]);
  assert.equal(shown(page).querySelector("li").hidden, false);
  assert.deepEqual(await answering({}, () => settle(page, { target: page.status })), []);
});

test("what a field can't take is told in the bank's words, and stays on the list", async () => {
  const page = pageOf(["1.1"], []), json = { detail: "wrong", errors: [{ field: "title", message: "At most 500 letters." }] };
  await answering({ status: 422, json }, () => settle(page, pressed(page, "place")));
  assert.deepEqual([page.said, shown(page).querySelector("li").hidden, page.refreshed], [["At most 500 letters."], false, 0]);
});

test("where the answer changed meanwhile the present list is shown and it is told", async () => {
  const page = pageOf(["1.1", "1.2"], ["1.2"], ["1.1"]);
  await answering({ status: 409 }, () => settle(page, pressed(page, "place")));
  assert.deepEqual([placeable(page), page.said, page.refreshed], [["1.2"], ["moved"], 1]);
});

test("who writes elsewhere meanwhile stays there", async () => {
  const page = pageOf(["1.1", "1.2"], ["1.2"], ["1.1"]), field = page.document.make("textarea", { id: "summary" });
  page.document.body.append(field);
  page.saver.save = async () => field.focus();
  await answering({}, () => settle(page, pressed(page, "place")));
  assert.equal(page.document.activeElement, field);
});

test("the second press of a double click does nothing to the answer that moved up", async () => {
  const page = pageOf(["1.1", "1.2"], ["1.2"], ["1.1"]), click = (detail) => ({ ...pressed(page, "place"), detail, clientX: 5, clientY: 900 });
  await answering({}, () => settle(page, click(1)));
  assert.deepEqual(await answering({}, () => settle(page, click(2))), []);
  assert.deepEqual(placeable(page), ["1.2"]);
});
