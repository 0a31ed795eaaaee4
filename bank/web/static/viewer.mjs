// A drawn page: keys, sizes without loading the page anew, the next page drawn ahead. All of it works without.

const viewer = document.querySelector("[data-viewer]");
const sheet = viewer.querySelector(".sheet");
const image = sheet.querySelector("img");
const places = [...sheet.querySelectorAll(".marks > g")];
const sizes = [...viewer.querySelectorAll("[data-zoom]")];
const KEYS_OFF = "viewer-keys-off";
const WIDTHS = { fit: 900, 100: 900, 150: 1350, 200: 1800 };
const chooser = viewer.querySelector("[data-keys]");
let now = -1;

function showFailure() {
  sheet.hidden = true;
  viewer.querySelector("[data-not-drawn]").hidden = false;
  const text = viewer.querySelector(".leaf-fold");
  if (text) text.open = true;
}

function zoomTo(link) {
  const zoom = link.dataset.zoom;
  for (const one of sizes) {
    if (one === link) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  sheet.className = "sheet zoom-" + zoom;
  image.removeAttribute("srcset");
  image.src = image.dataset.picture + "&width=" + WIDTHS[zoom];
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

function writes(element) {
  return element.isContentEditable || (/^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) && element !== chooser);
}

function scrollsSideways(event) {
  return event.key.startsWith("Arrow") && event.target === sheet && sheet.scrollWidth > sheet.clientWidth;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || localStorage.getItem(KEYS_OFF)) return;
  if (writes(event.target) || scrollsSideways(event) || !Object.hasOwn(ACTS, event.key)) return;
  event.preventDefault();
  ACTS[event.key]();
});

chooser.checked = !localStorage.getItem(KEYS_OFF);
chooser.addEventListener("change", () => {
  if (chooser.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

for (const link of sizes) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    zoomTo(link);
  });
}

image.addEventListener("error", showFailure);
if (image.complete && !image.naturalWidth) showFailure();
if (location.hash === "#first") point(1);
if (location.hash === "#last" && places.length) {
  now = places.length;
  point(-1);
}

function drawAhead() {
  if (image.dataset.next && !navigator.connection?.saveData) new Image().src = image.dataset.next;
}

if (image.complete) drawAhead();
else image.addEventListener("load", drawAhead, { once: true });
