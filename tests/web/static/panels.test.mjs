import assert from "node:assert/strict";
import { test } from "node:test";
import { bothPanel, olderPanel } from "../../../bank/web/static/deposit/panels.mjs";
import { newDocument, SAYS } from "./standing_in.mjs";

const says = { ...SAYS, changed: "{who} changed this at {time}:", changedbynobody: "Changed at {time}:", older: "Text of {time}" };

test("a person sees who changed what, and has two buttons", () => {
  const done = [], other = { who: "Ana", time: "9:00", text: "El suyo" };
  const panel = bothPanel(newDocument(), says, other, { mine: () => done.push("mine"), theirs: () => done.push("theirs") });
  assert.deepEqual(panel.querySelectorAll("p").slice(0, 2).map((one) => one.textContent), ["Ana changed this at 9:00:", "El suyo"]);
  assert.deepEqual(panel.attributes, { role: "group" });
  panel.querySelectorAll("button").forEach((one) => one.onclick());
  assert.deepEqual(done, ["mine", "theirs"]);
});

test("what the bank itself changed, and what is empty, is said in words", () => {
  const panel = bothPanel(newDocument(), says, { who: "", time: "9:00", text: "" }, {});
  assert.deepEqual(panel.querySelectorAll("p").slice(0, 2).map((one) => one.textContent), ["Changed at 9:00:", "empty"]);
});

test("the words that stand otherwise here are marked", () => {
  const other = { own: true, ago: "hace 2 minutos", text: "El suyo", pieces: [["El ", false], ["suyo", true]] };
  const panel = bothPanel(newDocument(), { ...says, changedbyyou: "You, {ago}:" }, other, {});
  assert.equal(panel.querySelectorAll("p")[0].textContent, "You, hace 2 minutos:");
  assert.deepEqual(panel.querySelectorAll("mark").map((one) => one.textContent), ["suyo"]);
});

test("an older text is offered as an alert, taking it first", () => {
  const panel = olderPanel(newDocument(), says, "9:00", { take: () => "taken", drop: () => "dropped" });
  assert.deepEqual([panel.attributes.role, panel.children[0].textContent], ["alert", "Text of 9:00"]);
  assert.deepEqual(panel.querySelectorAll("button").map((one) => [one.type, one.textContent, one.onclick()]), [["button", "take", "taken"], ["button", "drop", "dropped"]]);
});
