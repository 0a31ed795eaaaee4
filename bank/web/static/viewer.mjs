// A drawn page: keys, sizes without loading the page anew, the next page drawn ahead. All of it works without.

import { watchDrawing } from "./viewer/drawing.mjs";
import { isMeant, keyChoice } from "./viewer/keys.mjs";

const viewer = document.querySelector("[data-viewer]");
const sheet = viewer.querySelector(".sheet");
const image = sheet.querySelector("img");
const places = [...sheet.querySelectorAll(".marks > g")];
const sizes = [...viewer.querySelectorAll("[data-zoom]")];
const WIDTHS = { fit: 900, 100: 900, 150: 1350, 200: 1800 };
const chooser = viewer.querySelector("[data-keys]");
const choice = keyChoice(() => localStorage);
const drawing = watchDrawing(viewer);
let now = -1;

function zoomTo(link) {
  const zoom = link.dataset.zoom;
  for (const one of sizes) {
    if (one === link) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  sheet.className = "sheet zoom-" + zoom;
  drawing.show(image.dataset.picture + "&width=" + WIDTHS[zoom]);
  history.replaceState(null, "", link.href);
  for (const turn of document.querySelectorAll('.turn a[rel], [data-hit], .small-pages a')) {
    const there = new URL(turn.href);
    if (zoom === "fit") there.searchParams.delete("zoom");
    else there.searchParams.set("zoom", zoom);
    turn.href = there.href;
  }
}

function step(by) {
  const at = sizes.findIndex((one) => one.hasAttribute("aria-current"));
  const next = sizes[Math.min(Math.max(at + by, 0), sizes.length - 1)];
  if (next !== sizes[at]) zoomTo(next);
}

function follow(selector, hash = "") {
  const link = document.querySelector(selector);
  if (link) location.assign(link.href + hash);
}

function point(by) {
  const next = now + by;
  if (next < 0 || next >= places.length) {
    if (by > 0) follow('[data-hit="after"]', "#first");
    else follow('[data-hit="before"]', "#last");
    return;
  }
  places[now]?.removeAttribute("class");
  now = next;
  places[now].setAttribute("class", "now");
  places[now].scrollIntoView({ block: "center", inline: "center" });
}

const ACTS = {
  ArrowLeft: () => follow('.turn [rel="prev"]'),
  ArrowRight: () => follow('.turn [rel="next"]'),
  k: () => follow('.turn [rel="prev"]'),
  j: () => follow('.turn [rel="next"]'),
  n: () => point(1),
  p: () => point(now < 0 ? 0 : -1),
  "+": () => step(1),
  "=": () => step(1),
  "-": () => step(-1),
};

document.addEventListener("keydown", (event) => {
  if (!choice.on || !Object.hasOwn(ACTS, event.key) || !isMeant(event, sheet)) return;
  event.preventDefault();
  ACTS[event.key]();
});

chooser.checked = choice.on;
chooser.addEventListener("change", () => choice.choose(chooser.checked));

for (const link of sizes) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    zoomTo(link);
  });
}

// The page arrived at is where the keys stop: where nothing is marked on it, the reader goes on from there.
if (location.hash === "#first" && places.length) point(1);
if (location.hash === "#last" && places.length) {
  now = places.length;
  point(-1);
}

const small = viewer.querySelector(".small-pages");
const current = small?.querySelector("[aria-current]");
if (current) small.scrollLeft = current.offsetLeft - (small.clientWidth - current.offsetWidth) / 2;

function drawAhead() {
  if (image.dataset.next && !navigator.connection?.saveData) new Image().src = image.dataset.next;
}

if (image.complete && image.naturalWidth) drawAhead();
else image.addEventListener("load", drawAhead, { once: true });
