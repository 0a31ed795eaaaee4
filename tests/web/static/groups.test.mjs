import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, goTo, openGroup } from "../../../bank/web/static/deposit/groups.mjs";
import { boxWith, pageWith } from "./standing_in.mjs";

function group(document, id, open, ...inside) {
  return document.make("details", { open, dataset: { group: id } }, document.make("summary"), ...inside);
}
function pageOf() {
  const page = pageWith({});
  const field = boxWith(page.document, "objectives", "x", "aa");
  for (const one of field.children) one.offsetParent = one.type === "hidden" ? null : field;
  page.document.body.append(group(page.document, "needed", true), group(page.document, "content", false, field));
  page.open = () => page.document.querySelectorAll("details").filter((one) => one.open).map((one) => one.dataset.group);
  return page;
}
function click(page, href) {
  const link = page.document.make("a", { attributes: { href } });
  page.document.body.append(link);
  const event = { target: link, prevented: false, preventDefault() { this.prevented = true; } };
  follow(page, event);
  return event.prevented;
}

test("one group is open at a time, and its heading has the focus", () => {
  const page = pageOf();
  openGroup(page, "content");
  assert.deepEqual([page.open(), page.document.activeElement.tagName], [["content"], "SUMMARY"]);
  assert.equal(openGroup(page, "nowhere"), null);
  assert.deepEqual(page.open(), ["content"]);
});

test("a link to a field opens its group and goes to the first control that can be seen", () => {
  const page = pageOf();
  assert.equal(click(page, "#f-objectives"), true);
  assert.equal(page.document.activeElement.name, "objectives.es");
  assert.ok(page.open().includes("content"));
});

test("a link to a group opens it; any other goes its own way", () => {
  const page = pageOf();
  assert.deepEqual([click(page, "#g-content"), page.open()], [true, ["content"]]);
  assert.deepEqual([click(page, "/deposits"), click(page, "#hand-in"), goTo(page, "#f-nothing")], [false, false, false]);
});
