import assert from "node:assert/strict";
import { test } from "node:test";
import { halfAnswered, licenceChanged, rowOfAnswers } from "../../../bank/web/static/deposit/licence.mjs";
import { newDocument } from "./standing_in.mjs";

const ROWS = { "yes yes yes": "CC-BY-4.0", "yes no no": "CC-BY-NC-ND-4.0", unknown: "not-evaluated" };

function licence() {
  const document = newDocument(), make = document.make;
  const radio = (name, value) => make("label", {}, make("input", { type: "radio", name, value }), make("span", { text: value }));
  const rows = Object.entries(ROWS).map(([answers, id]) => make("li", { dataset: { answers, id } }, make("span", { text: `The ${id}` })));
  const place = make("div", { dataset: { licence: "licence" } },
    ...["yes", "no", "unknown"].map((value) => radio("licence.share", value)), ...["yes", "no"].map((value) => radio("licence.adapt", value)),
    ...["yes", "no"].map((value) => radio("licence.earn", value)), make("p", { dataset: { result: "" } }),
    make("ul", { className: "small results", dataset: { sayChosen: "Chosen:", sayNone: "None yet", sayMore: "Go on" } }, ...rows),
    ...[...Object.values(ROWS), "CC0-1.0"].map((value) => radio("licence", value)));
  document.body.append(place);
  const all = (name) => place.querySelectorAll(`[name="${name}"]`);
  const choose = (name, value) => {
    for (const one of all(name)) one.checked = one.value === value;
    licenceChanged(all(name).find((one) => one.value === value));
  };
  const chosen = (name) => all(name).find((one) => one.checked)?.value;
  return { place, choose, chosen, told: () => place.querySelector("[data-result]").textContent };
}

test("three answers choose the licence and tell it, and fewer none", () => {
  const { place, choose, chosen, told } = licence();
  choose("licence.share", "yes");
  choose("licence.adapt", "no");
  assert.deepEqual([rowOfAnswers(place), chosen("licence"), told()], [undefined, undefined, "Go on"]);
  assert.equal(halfAnswered(place.querySelector('[name="licence.share"]')), true);
  choose("licence.earn", "no");
  assert.equal(halfAnswered(place.querySelector('[name="licence.share"]')), false);
  assert.deepEqual([chosen("licence"), told()], ["CC-BY-NC-ND-4.0", "Chosen: The CC-BY-NC-ND-4.0"]);
});

test("who does not know yet says so with one answer", () => {
  const { choose, chosen } = licence();
  choose("licence.share", "unknown");
  assert.equal(chosen("licence"), "not-evaluated");
});

test("a licence that is chosen by its name answers the questions, where they can be answered", () => {
  const { choose, chosen, told } = licence(), said = () => ["share", "adapt", "earn"].map((part) => chosen(`licence.${part}`));
  choose("licence", "CC-BY-4.0");
  assert.deepEqual(said(), ["yes", "yes", "yes"]);
  choose("licence", "CC0-1.0");
  assert.deepEqual([said(), told()], [[undefined, undefined, undefined], "Chosen: CC0-1.0"]);
});
