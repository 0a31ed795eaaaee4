import assert from "node:assert/strict";
import { test } from "node:test";
import { decide, decisionOf, watchPlace } from "../../../bank/web/static/deposit/suggested.mjs";
import { answering, newDocument, pageWith } from "./standing_in.mjs";

function suggested(document, text) {
  const hidden = (name, value) => document.make("input", { name, type: "hidden", value });
  const button = document.make("button", { name: "outcome", value: "accepted" });
  const item = document.make("li", {}, hidden("vocabulary", "theme"), hidden("term", "cultura"), button);
  return document.make("div", { id: "suggested", text, dataset: { suggestions: "/deposits/1/suggestions" } }, item);
}
function pageOf() {
  const fresh = newDocument();
  fresh.body.append(suggested(fresh, "new"));
  const page = pageWith({ parse: () => fresh });
  page.document.body.append(suggested(page.document, "old"));
  return page;
}
const shown = (page) => page.document.getElementById("suggested");

test("suggestions are asked for once, when their place comes near", async () => {
  const page = pageOf();
  let seen, watching = 0;
  class Observer {
    constructor(act) { seen = act; }
    observe() { watching += 1; }
    disconnect() { watching -= 1; }
  }
  const asked = await answering({}, async () => {
    watchPlace(page, Observer);
    seen([{ isIntersecting: false }]);
    assert.equal(watching, 1);
    seen([{ isIntersecting: true }]);
    await new Promise((resolve) => setTimeout(resolve, 0));
  });
  assert.deepEqual([asked.map((one) => one.address), watching, shown(page).text], [["/deposits/1/suggestions?part=true"], 0, "new"]);
});

test("a page without a place for them asks for none", () => {
  watchPlace(pageWith({}), class { constructor() { throw new Error("not here"); } });
});

test("a decision says what its form would send", () => {
  const page = pageOf();
  assert.equal(decisionOf(shown(page).querySelector("button")).toString(), "vocabulary=theme&term=cultura&outcome=accepted&part=true");
});

test("first what is written is saved, then the decision is sent and the others are shown", async () => {
  const page = pageOf(), order = [];
  page.saver.save = async () => { order.push("saved"); };
  const event = { target: shown(page).querySelector("button"), preventDefault: () => order.push("stays") };
  const asked = await answering({}, () => decide(page, event));
  assert.deepEqual([order, asked[0].method, shown(page).text, page.refreshed], [["stays", "saved"], "POST", "new", 1]);
});

test("without an answer, room, a session or leave what is there stays and it is told why; other clicks are none of its business", async () => {
  const page = pageOf(), answers = [new Error("no line"), { status: 507 }, { status: 503 }, { status: 401 }, { status: 404 }];
  for (const answer of answers) await answering(answer, () => decide(page, { target: shown(page).querySelector("button"), preventDefault: () => {} }));
  assert.deepEqual(page.said, ["offline stayed", "full stayed", "busy stayed", "expired stayed + again", "closed"]);
  assert.equal(shown(page).text, "old");
  assert.deepEqual(await answering({}, () => decide(page, { target: page.status })), []);
});
