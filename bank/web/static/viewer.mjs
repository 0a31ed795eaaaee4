// A drawn page: keys, sizes without loading the page anew, the next page drawn ahead. All of it works without.

const viewer = document.querySelector("[data-viewer]");
const sheet = viewer.querySelector(".sheet");
const image = sheet.querySelector("img");
const places = [...sheet.querySelectorAll(".marks > g")];
const sizes = [...viewer.querySelectorAll("[data-zoom]")];
const KEYS_OFF = "viewer-keys-off";
const WIDTHS = { fit: 900, 100: 900, 150: 1350, 200: 1800 };
const RETRY_MS = 4000;
const chooser = viewer.querySelector("[data-keys]");
let now = -1, tries = 0, later;

// Where nothing may be remembered, the choice holds for this page.
let keysOff = false;
try {
  keysOff = Boolean(localStorage.getItem(KEYS_OFF));
} catch { /* storage is forbidden */ }

function rememberKeys(off) {
  keysOff = off;
  try {
    if (off) localStorage.setItem(KEYS_OFF, "1");
    else localStorage.removeItem(KEYS_OFF);
  } catch { /* storage is forbidden */ }
}

// What is shown: the drawing, or one of the two notes with the text opened.
function show(note) {
  sheet.hidden = Boolean(note);
  for (const one of ["not-drawn", "not-come"]) viewer.querySelector(`[data-${one}]`).hidden = one !== note;
  const text = viewer.querySelector(".leaf-fold");
  if (note && text) text.open = true;
}

// A page that can't be drawn has no drawing; anything else may pass, and is tried once more.
async function tellFailure() {
  const wanted = image.currentSrc || image.src;
  const answer = await fetch(wanted, { method: "GET" }).catch(() => null);
  if (image.complete && image.naturalWidth) return;
  show(answer?.status === 404 ? "not-drawn" : "not-come");
  if (answer?.status === 404 || tries++) return;
  const waits = Number(answer?.headers.get("retry-after")) * 1000;
  later = setTimeout(() => load(wanted), answer?.ok ? 0 : Math.min(Math.max(waits || RETRY_MS, RETRY_MS), 4 * RETRY_MS));
}

function load(address) {
  clearTimeout(later);
  image.removeAttribute("srcset");
  image.src = address;
}

function zoomTo(link) {
  const zoom = link.dataset.zoom;
  for (const one of sizes) {
    if (one === link) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  sheet.className = "sheet zoom-" + zoom;
  tries = 0;
  show(null);
  load(image.dataset.picture + "&width=" + WIDTHS[zoom]);
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
  if (event.ctrlKey || event.altKey || event.metaKey || keysOff) return;
  if (writes(event.target) || scrollsSideways(event) || !Object.hasOwn(ACTS, event.key)) return;
  event.preventDefault();
  ACTS[event.key]();
});

chooser.checked = !keysOff;
chooser.addEventListener("change", () => rememberKeys(!chooser.checked));

for (const link of sizes) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    zoomTo(link);
  });
}

image.addEventListener("error", tellFailure);
image.addEventListener("load", () => show(null));
if (image.complete && !image.naturalWidth) tellFailure();
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
