import assert from "node:assert/strict";
import { test } from "node:test";
import { Leaving, saveHere, tooLarge } from "../../../bank/web/static/deposit/leaving.mjs";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

function pageOf(parts = {}) {
  return pageWith({ touched: new Touched(), copy: { asking: false }, ...parts }, (document) => boxWith(document, "title", "x", "aa"));
}
function submission(page, given = {}) {
  const event = { defaultPrevented: false, submitter: page.document.make("button"), preventDefault() { this.defaultPrevented = true; }, ...given };
  event.target ||= Object.assign(page.document.make("form"), { sent: 0, requestSubmit() { this.sent += 1; } });
  return event;
}

test("the button that saves stays on the page and saves, also what waits for a word", () => {
  const page = pageOf(), event = submission(page);
  page.touched.touch("title");
  page.touched.hold("title");
  saveHere(page, event);
  assert.deepEqual([event.defaultPrevented, page.asked, page.pending().size], [true, [0], 1]);
});

test("the button at the end of a group saves and opens the next one", () => {
  const page = pageOf(), event = submission(page);
  const next = page.document.make("details", { dataset: { group: "content" } }, page.document.make("summary"));
  page.document.body.append(next);
  Object.assign(event.submitter, { name: "next", value: "content" });
  page.touched.touch("title");
  saveHere(page, event);
  assert.deepEqual([event.defaultPrevented, next.open, page.asked], [true, true, [0]]);
});

test("where nothing is to be saved it says so, or what is still asked", () => {
  const page = pageOf();
  saveHere(page, submission(page));
  page.copy.asking = true;
  saveHere(page, submission(page));
  assert.deepEqual(page.said, ["saved", "choose"]);
});

test("sending for review, and a form with two texts side by side, go their own way", () => {
  const page = pageOf(), handing = submission(page), both = submission(page);
  handing.submitter.setAttribute("formaction", "/submit");
  saveHere(page, handing);
  page.boxOf("title").append(page.document.make("fieldset", { className: "note both" }));
  saveHere(page, both);
  assert.deepEqual([handing.defaultPrevented, both.defaultPrevented], [false, false]);
});

test("where nothing is to be saved a form simply leaves", async () => {
  const page = pageOf(), event = submission(page);
  await new Leaving(page).submit(event);
  assert.equal(event.defaultPrevented, false);
});

test("what is written is saved before another form leaves, and that form is sent once", async () => {
  const page = pageOf(), event = submission(page), leaving = new Leaving(page), during = [];
  page.touched.touch("title");
  page.saver.save = async () => {
    during.push(leaving.underWay);
    page.touched.drop("title");
    return true;
  };
  const first = leaving.submit(event), second = submission(page);
  await leaving.submit(second);
  await first;
  assert.deepEqual([during, event.target.sent, second.defaultPrevented, second.target.sent, leaving.underWay], [[true], 1, true, 0, false]);
});

test("without an answer nobody leaves, and it is told", async () => {
  const page = pageOf(), event = submission(page);
  page.touched.touch("title");
  page.saver.save = async () => false;
  await new Leaving(page).submit(event);
  assert.deepEqual([event.target.sent, page.kept, page.said], [0, 1, ["before stayed"]]);
});

test("files that are too large are told beside them, and not sent", async () => {
  const page = pageOf(), told = page.document.make("p", { dataset: { large: "10" }, hidden: true });
  const files = page.document.make("input", { type: "file", files: [{ size: 6 }, { size: 4 }] });
  const form = page.document.make("form", {}, told, files);
  assert.deepEqual([tooLarge(form), told.hidden], [false, true]);
  files.files.push({ size: 1 });
  const event = submission(page, { target: form });
  await new Leaving(page).submit(event);
  assert.deepEqual([event.defaultPrevented, told.hidden], [true, false]);
});
