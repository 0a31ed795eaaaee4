// Makes some things swifter; every page works without it. What only the search page needs is in search.js.
// Proposals under a search box (an ARIA combobox).
"use strict";

function propose(input) {
  const list = document.createElement("ul");
  list.className = "proposals";
  list.id = input.id + "-proposals";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.proposals);
  list.hidden = true;
  input.parentElement.append(list);
  const attributes = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  let chosen = -1, waiting, asked = 0;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function point(index) {
    const options = [...list.children];
    if (!options.length) return;
    chosen = (index + options.length) % options.length;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function take(option) {
    const { facet, value, text } = option.dataset;
    close();
    if (facet) return location.assign("/search?" + new URLSearchParams({ [facet]: value }));
    input.value = text;
    input.form.requestSubmit();
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map((one, at) => {
      const option = document.createElement("li");
      option.id = list.id + "-" + at;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = one.text;
      if (one.facet) Object.assign(option.dataset, { facet: one.facet, value: one.value });
      option.append(one.text);
      const kind = document.createElement("small");
      kind.textContent = input.dataset["kind" + one.kind[0].toUpperCase() + one.kind.slice(1)] || "";
      option.append(kind);
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    chosen = -1;
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const turn = ++asked;
    const text = input.value.trim();
    if (text.length < 2) return close();
    try {
      const answer = await fetch("/api/v1/complete?q=" + encodeURIComponent(text) + "&lang=" + document.documentElement.lang);
      if (answer.ok && turn === asked) show((await answer.json()).suggestions);
    } catch {
      close();
    }
  }

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 150); });
  input.addEventListener("blur", () => { asked++; close(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (event.key === "ArrowDown" && !list.hidden) { event.preventDefault(); point(chosen + 1); }
    else if (event.key === "ArrowUp" && !list.hidden) { event.preventDefault(); point(chosen < 0 ? -1 : chosen - 1); }
    else if (event.key === "Enter" && chosen >= 0) { event.preventDefault(); take(list.children[chosen]); }
  });
}

// A menu is opened by itself; it closes with Escape, and when one clicks or goes on outside it.
const menus = [...document.querySelectorAll("details[data-menu]")];
for (const leaving of ["pointerdown", "focusin"]) {
  document.addEventListener(leaving, ({ target }) => {
    for (const menu of menus) if (menu.open && !menu.contains(target)) menu.open = false;
  });
}
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && !event.defaultPrevented && menus.findLast((one) => one.open);
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// A form is not sent again while its answer is awaited, nor within a second; the server takes care of the rest.
const AWAITED = 10000, MOMENT = 1000;
let sent = new WeakMap(), pressed = false;
// On window: whoever keeps a form from being sent, or sends it otherwise, has said so by now.
window.addEventListener("submit", (event) => {
  const { target, submitter } = event;
  if (event.defaultPrevented) return;
  if (performance.now() < (sent.get(target) || 0)) return event.preventDefault();
  const method = submitter?.getAttribute("formmethod") || target.method;
  sent.set(target, performance.now() + (method === "post" ? AWAITED : MOMENT));
});
// The second half of a double click on the page before is none on this one.
window.addEventListener("click", (event) => {
  if (event.detail > 1 && !pressed && event.target.closest("button, a")) event.preventDefault();
  pressed ||= event.detail === 1;
}, true);
// Who stops the sending, or has a line again, may send at once: the same form is still one act.
const unblock = () => { sent = new WeakMap(); };
window.addEventListener("keydown", (event) => { if (event.key === "Escape") unblock(); });
for (const turn of ["offline", "online"]) window.addEventListener(turn, unblock);
// A page that comes back as it was left may be sent anew, and as another form.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  sent = new WeakMap();
  for (const token of document.querySelectorAll("input[name=once]")) {
    token.value = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18)))).replaceAll("+", "-").replaceAll("/", "_");
  }
});

// What is left empty does not go into the address.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});
document.querySelectorAll("input[data-proposals]").forEach(propose);

// A password can be shown, and a link be copied; without script it is typed unseen, and marked and copied by hand.
document.querySelectorAll("button[data-show]").forEach((button) => {
  const field = document.getElementById(button.dataset.show);
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = field.type === "password";
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  });
});
document.querySelectorAll("button[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (field.select) field.select();
    else getSelection().selectAllChildren(field);
    try {
      await navigator.clipboard.writeText(field.value ?? field.innerText.trim());
    } catch {
      if (!document.execCommand("copy")) return;
    }
    button.nextElementSibling.textContent = button.dataset.done;
  });
});
