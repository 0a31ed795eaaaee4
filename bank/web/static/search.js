// The search page without its reloads: filters, years and order apply at once, and what has the focus keeps its place.
// Every control works without this.
"use strict";

const replaced = ["filters", "found", "kept"];
let turn = 0, shown = location.search;
const get = (id) => document.getElementById(id);

async function refresh(address, keep) {
  const mine = ++turn;
  get("found").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== turn) return;
    const held = hold(keep), open = [...document.querySelectorAll("details[open][id]")].map((one) => one.id);
    const sifted = [...document.querySelectorAll("[data-sift]")].map((one) => [one.id, one.value]);
    for (const id of replaced) get(id).replaceWith(document.adoptNode(fresh.getElementById(id)));
    get("total").textContent = fresh.getElementById("total").textContent;
    get("sorting").hidden = fresh.getElementById("sorting").hidden;
    get("sort").value = fresh.getElementById("sort").value;
    document.querySelectorAll(".head a[hreflang]").forEach((link) => {
      link.href = fresh.querySelector(`.head a[hreflang=${link.hreflang}]`)?.getAttribute("href") ?? link.href;
    });
    open.forEach((id) => { if (get(id)) get(id).open = true; });
    for (const [id, letters] of sifted) if (letters && get(id)) { get(id).value = letters; sift(get(id)); }
    stay(held);
    rove();
  } catch {
    location.assign(address);
  }
}

// What has the focus just before the page changes, where it stands and what is typed in it but not sent yet.
function hold(keep) {
  const one = document.activeElement, apart = !replaced.some((id) => get(id).contains(one));
  const id = apart ? keep : one.id || keep, writes = one.matches("input:not([type=checkbox])");
  const unsent = !apart && writes && one.value !== one.defaultValue ? one.value : null;
  const caret = !apart && writes && one.selectionStart !== null ? [one.selectionStart, one.selectionEnd] : null;
  return { id, moves: one === document.body || !apart, unsent, caret, top: id && get(id)?.getBoundingClientRect().top };
}

// The focus is where it was, and that stands where it stood; where it is gone, the number of entries has the focus.
function stay({ id, moves, unsent, caret, top }) {
  if (!id) return;
  const again = get(id);
  if (moves) (again ?? get("total")).focus({ preventScroll: true });
  if (again && unsent !== null) {
    again.value = unsent;
    again.addEventListener("blur", () => send(again), { once: true });
  }
  if (again && caret) again.setSelectionRange(...caret);
  if (again && top !== undefined) scrollBy({ top: again.getBoundingClientRect().top - top, behavior: "instant" });
}

// What was typed while the page changed is no change to the browser: it is sent here.
function send(box) {
  if (box.isConnected && !box.matches("[data-sift]") && box.value !== box.defaultValue) apply();
}

function go(address, keep) {
  if (address !== location.pathname + location.search) history.pushState(null, "", address);
  shown = location.search;
  refresh(address, keep);
}

function apply(keep) {
  const form = get("search-form");
  const query = new URLSearchParams(new FormData(form, document.querySelector(".apply button"))).toString();
  go(form.getAttribute("action") + (query ? "?" + query : ""), keep);
}

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// Of a long facet only the values with the typed letters.
function sift(box) {
  const facet = get(box.dataset.sift), letters = folded(box.value.trim()), more = facet.querySelector("details");
  let left = 0;
  facet.querySelectorAll(".option").forEach((one) => {
    one.hidden = !folded(one.querySelector(".name").textContent).includes(letters);
    left += one.hidden ? 0 : 1;
  });
  if (more && letters) more.open = true;
  const told = box.parentElement.querySelector("[role=status]");
  told.textContent = left ? "" : told.dataset.none;
}

const bars = () => [...document.querySelectorAll("a.bar")];
const chosen = { from: null, to: null };

// One stop of the Tab key for the whole chart; the arrows lead from bar to bar.
function rove(at = bars().find((bar) => bar === document.activeElement) ?? bars()[0]) {
  bars().forEach((bar) => bar.setAttribute("tabindex", bar === at ? "0" : "-1"));
}

function span(from, to) {
  chosen.from = from;
  chosen.to = to;
  const [first, last] = [Math.min(from, to), Math.max(from, to)];
  document.querySelector("[data-chart]").classList.add("spanned");
  document.querySelectorAll(".bar").forEach((bar) => {
    bar.classList.toggle("chosen", first <= bar.dataset.year && bar.dataset.year <= last);
  });
  get("spanning").textContent = first === last ? first : first + "–" + last;
}

function take(keep) {
  const years = [chosen.from, chosen.to].sort((one, other) => one - other);
  ["year_from", "year_to"].forEach((name, at) => { document.querySelector(`[name=${name}]`).value = years[at]; });
  chosen.from = null;
  apply(keep);
}

function yearAt(chart, event) {
  const { first, last } = chart.dataset, ground = chart.querySelector(".ground").getBoundingClientRect();
  const share = (event.clientX - ground.left) / ground.width;
  return Math.max(+first, Math.min(+last, +first + Math.floor(share * (last - first + 1))));
}

document.addEventListener("change", (event) => {
  if (event.target.matches("#filters input:not([data-sift]), #sort")) apply(event.target.id);
});
document.addEventListener("input", (event) => { if (event.target.matches("[data-sift]")) sift(event.target); });
document.addEventListener("click", (event) => {
  if (event.target.closest(".see a")) get("filters").open = false;
  const link = event.target.closest("a[data-stay]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute("href"), link.id || "total");
});

let dragged = null, moved = false;
document.addEventListener("pointerdown", (event) => {
  const chart = event.target.closest("[data-chart]");
  moved = false;
  if (chart && !event.button) dragged = { chart, from: yearAt(chart, event) };
});
document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const year = yearAt(dragged.chart, event);
  if (year === dragged.from && !moved) return;
  moved = true;
  span(dragged.from, year);
});
document.addEventListener("pointerup", () => {
  if (dragged && moved) take("total");
  dragged = null;
});
document.addEventListener("pointercancel", () => { dragged = null; });
document.addEventListener("dragstart", (event) => { if (event.target.closest?.("[data-chart]")) event.preventDefault(); });
document.addEventListener("click", (event) => {
  if (moved && event.target.closest("[data-chart]")) event.preventDefault();
  moved = false;
}, true);

document.addEventListener("keydown", (event) => {
  const bar = event.target.closest?.("a.bar");
  if (!bar) return;
  const steps = { ArrowLeft: -1, ArrowRight: 1 }[event.key], year = +bar.dataset.year;
  if (event.key === "Enter" && chosen.from !== null) {
    event.preventDefault();
    take(bar.id);
  } else if (event.key === "Escape" && chosen.from !== null) {
    chosen.from = null;
    refresh(location.pathname + location.search, bar.id);
  } else if (steps) {
    event.preventDefault();
    const next = bars()[bars().indexOf(bar) + steps];
    if (!next) return;
    if (event.shiftKey) span(chosen.from ?? year, +next.dataset.year);
    rove(next);
    next.focus();
  }
});
// Years that were spanned by the arrows are forgotten when the focus goes elsewhere.
document.addEventListener("focusout", (event) => {
  const chart = event.target.closest?.("[data-chart]");
  if (!chart?.isConnected || dragged || chosen.from === null || chart.contains(event.relatedTarget)) return;
  chosen.from = null;
  refresh(location.pathname + location.search);
});
rove();
// A jump inside the page is a popstate too.
window.addEventListener("popstate", () => {
  if (location.search === shown) return;
  shown = location.search;
  refresh(location.pathname + location.search);
});
