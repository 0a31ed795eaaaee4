import assert from "node:assert/strict";
import { test } from "node:test";
import { contest } from "../../../bank/web/static/deposit/conflict.mjs";
import { Touched } from "../../../bank/web/static/deposit/touched.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

function contested() {
  const page = pageWith({ touched: new Touched() }, (document) => boxWith(document, "title", "mío", "aa"));
  page.touched.touch("title");
  contest(page, "title", { who: "Ana", time: "9:00", text: "suyo" });
  return { page, buttons: page.boxOf("title").querySelectorAll("button") };
}

test("a contested field waits, is shown once, and is not looked for where it is not", () => {
  const { page } = contested();
  contest(page, "title", { who: "Eva", time: "9:01", text: "otra" });
  contest(page, "nowhere", { who: "Eva", time: "9:01", text: "otra" });
  assert.equal(page.document.querySelectorAll(".both").length, 1);
  assert.equal(page.pending().size, 0);
});

test("who keeps the own text has it saved at once", () => {
  const { page, buttons } = contested();
  buttons[0].onclick();
  assert.equal(page.document.querySelector(".both"), null);
  assert.deepEqual([...page.pending().keys()], ["title"]);
  assert.deepEqual(page.asked, [0]);
  assert.equal(page.document.activeElement.name, "title.es");
});

test("who keeps the other text gets it from the server", async () => {
  const { page, buttons } = contested();
  await buttons[1].onclick();
  assert.deepEqual([page.touched.any, [...page.stale], page.refreshed, page.kept], [false, ["title"], 1, 1]);
});
