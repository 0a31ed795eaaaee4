import assert from "node:assert/strict";
import { test } from "node:test";
import { markTasks, nameOf, troubledPlaces } from "../../../bank/web/static/deposit/tasks.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

function pageOf(...links) {
  const page = pageWith({}), { document } = page, make = document.make;
  page.says = { ...page.says, error: "Error:", toputright: "to put right: {count}" };
  const wrong = make("p", { className: "wrong small", text: "At most 300." });
  const box = boxWith(document, "title", "x", "aa", wrong);
  box.children.unshift(make("legend", { text: " Título " }));
  const list = make("ul", {}, ...links.map((href) => make("li", {}, make("a", { href }))));
  const task = make("li", { dataset: { task: "needed" } }, make("p", {}, make("span", { className: "badge complete", dataset: { state: "" } })), ...(links.length ? [list] : []));
  document.title = "Huertos";
  document.body.append(task, make("meter", { id: "meter", value: 8 }), make("span", { dataset: { done: "" } }), make("details", { dataset: { group: "needed" } }, box));
  return { page, task, wrong, badge: task.querySelector("[data-state]"), meter: document.getElementById("meter") };
}

test("what was refused is listed with a link, counts as missing, and is said first in the title", () => {
  const { page, task, badge, meter } = pageOf();
  markTasks(page);
  markTasks(page);
  assert.deepEqual(task.querySelectorAll("ul a").map((one) => [one.href, one.textContent]), [["#f-title", "At most 300."]]);
  assert.deepEqual([badge.className, badge.textContent, meter.value], ["badge wrong", "to put right: 1", 7]);
  assert.equal(page.document.title, "Error: Huertos");
});

test("what the list has already is not listed twice", () => {
  const { page, task, badge, meter } = pageOf("#f-title.es");
  markTasks(page);
  assert.deepEqual([task.querySelectorAll("ul a").length, badge.className, meter.value], [1, "badge complete", 8]);
});

test("once it is right the title is as before, and nothing is linked", () => {
  const { page, wrong } = pageOf();
  markTasks(page);
  assert.deepEqual(troubledPlaces(page), [{ text: "Título", hash: "#f-title" }]);
  wrong.remove();
  markTasks(page);
  assert.deepEqual([page.document.title, troubledPlaces(page)], ["Huertos", []]);
  assert.equal(nameOf(page.boxOf("title")), "Título");
});
