// Small stand-ins for the pieces of a page that the modules are given: the same in node and in a browser.

const SIMPLE = /\.([\w-]+)|#([\w-]+)|:not\(\[([\w-]+)=([\w-]+)\]\)|\[([\w-]+)(?:(\^?)="?([^"\]]*)"?)?\]|(:checked)|^([a-z]+)/g;
const camel = (name) => name.replace(/-(\w)/g, (all, letter) => letter.toUpperCase());

function valueOf(one, name) {
  if (name in one.attributes) return one.attributes[name];
  if (name.startsWith("data-")) return one.dataset[camel(name.slice(5))];
  return one[name] === "" || one[name] === false ? undefined : one[name];
}

function fitsOne(one, selector) {
  return [...selector.matchAll(SIMPLE)].every(([, kind, id, without, not, name, begins, value, ticked, tag]) => {
    if (kind) return one.className.split(" ").includes(kind);
    if (id) return one.id === id;
    if (without) return valueOf(one, without) !== not;
    if (ticked) return one.checked;
    if (tag) return one.tagName === tag.toUpperCase();
    const found = valueOf(one, name);
    if (value === undefined) return found !== undefined;
    return begins ? String(found ?? "").startsWith(value) : found === value;
  });
}

function fits(one, selector) {
  return selector.split(",").some((each) => {
    const parts = each.trim().split(/\s+/), last = parts.pop();
    if (!fitsOne(one, last)) return false;
    for (let above = one.parentElement; parts.length && above; above = above.parentElement) if (fitsOne(above, parts.at(-1))) parts.pop();
    return !parts.length;
  });
}

export class Element {
  constructor(ownerDocument, tag, given = {}, children = []) {
    Object.assign(this, { ownerDocument, tagName: tag.toUpperCase(), className: "", id: "", text: "", dataset: {} });
    Object.assign(this, { attributes: {}, children: [], parentElement: null, checked: false, hidden: false });
    Object.assign(this, given);
    this.append(...children);
  }

  get textContent() { return this.text + this.children.map((one) => one.textContent).join(""); }
  set textContent(text) { this.children = []; this.text = text; }
  get firstChild() { return this.text ? { textContent: this.text } : this.children[0]; }
  get nextElementSibling() { const all = this.parentElement.children; return all[all.indexOf(this) + 1] || null; }
  get options() { return this.querySelectorAll("option"); }
  get selectedOptions() { return this.options.filter((one) => one.value === this.value); }
  get outerHTML() { return JSON.stringify([this.tagName, this.id, this.text, this.children.map((one) => one.outerHTML)]); }
  get everything() { return this.children.flatMap((one) => [one, ...one.everything]); }

  append(...more) {
    for (const one of more) {
      if (typeof one === "string") this.text += one;
      else { one.parentElement = this; this.children.push(one); }
    }
  }
  remove() { this.parentElement.children.splice(this.parentElement.children.indexOf(this), 1); }
  replaceWith(other) { other.parentElement = this.parentElement; this.parentElement.children.splice(this.parentElement.children.indexOf(this), 1, other); }
  after(other) { other.parentElement = this.parentElement; this.parentElement.children.splice(this.parentElement.children.indexOf(this) + 1, 0, other); }
  contains(other) { return this === other || this.everything.includes(other); }
  matches(selector) { return fits(this, selector); }
  closest(selector) { return fits(this, selector) ? this : this.parentElement && this.parentElement.closest(selector); }
  querySelectorAll(selector) { return this.everything.filter((one) => fits(one, selector)); }
  querySelector(selector) { return this.querySelectorAll(selector)[0] || null; }
  setAttribute(name, value) { this.attributes[name] = value; }
  removeAttribute(name) { delete this.attributes[name]; }
  getAttribute(name) { return this.attributes[name] ?? null; }
  get hash() { return this.href; }
  get classList() { return { contains: (name) => this.className.split(" ").includes(name) }; }
  toggleAttribute(name, on) { if (on) this.dataset[camel(name.slice(5))] = ""; else delete this.dataset[camel(name.slice(5))]; }
  hasAttribute(name) { return name in this.attributes; }
  scrollIntoView() { this.ownerDocument.scrolledTo = this; }
  focus() { this.ownerDocument.activeElement = this; }
  cloneNode() { return new Element(this.ownerDocument, this.tagName, { ...this, parentElement: null, children: [] }, this.children.map((one) => one.cloneNode())); }
}

/** A document with these elements; `make(tag, given, ...children)` makes more of them. */
export function newDocument() {
  const document = { activeElement: null, listeners: {}, title: "" };
  document.createElement = (tag) => new Element(document, tag);
  document.make = (tag, given = {}, ...children) => new Element(document, tag, given, children);
  document.body = document.make("body");
  document.getElementById = (id) => document.body.everything.find((one) => one.id === id) || null;
  document.querySelector = (selector) => document.body.querySelector(selector);
  document.querySelectorAll = (selector) => document.body.querySelectorAll(selector);
  document.adoptNode = (one) => one;
  document.addEventListener = (name, act) => { (document.listeners[name] ||= []).push(act); };
  return document;
}

/** A field's box with one text, its base, and what more is given. */
export function boxWith(document, field, text, base, ...more) {
  const controls = [document.make("input", { name: `${field}.es`, type: "text", value: text, defaultValue: text })];
  if (base) controls.unshift(document.make("input", { name: `base.${field}`, type: "hidden", value: base }));
  return document.make("div", { id: `f-${field}`, dataset: { field } }, ...controls, ...more);
}

/** Sentences that say their own names. */
export const SAYS = Object.fromEntries(
  ["saved", "saving", "offline", "busy", "full", "expired", "again", "closed", "restored", "older", "take", "drop", "changed", "changedbynobody", "changedbyyou", "conflictown", "empty", "mine", "theirs", "conflict", "words", "long", "choose", "stayed", "new", "newone", "wrong", "leftout", "takenback", "moved", "toputright", "error", "toolong"].map((name) => [name, name]).concat([["placed", "placed {field}"]]),
);

/** What the modules share about a page, of stand-ins: `said` notes what was told, `asked` the pauses before saving. */
export function pageWith(parts, ...boxes) {
  const document = newDocument();
  const made = boxes.map((box) => box(document));
  const form = document.make("form", { id: "entry", dataset: {} }, ...made);
  const status = document.make("p", { id: "saved", text: "before" });
  document.body.append(form, status, document.make("div", { id: "asking" }));
  const page = {
    document, form, status, here: "/deposits/1", says: SAYS, said: [], asked: [], kept: 0, refreshed: 0, version: 1,
    say: (...words) => page.said.push(words.filter(Boolean).join(" + ")),
    clock: (moment) => `clock ${moment}`,
    parse: () => newDocument(),
    reload: () => page.said.push("loaded again"),
    boxOf: (field) => document.querySelector(`[data-field="${field}"]`),
    inConflict: () => document.querySelector(".both") !== null,
    stale: new Set(),
    saver: { busy: false, inFlight: false, answered: 0, last: Promise.resolve(true), soon: (pause) => page.asked.push(pause), save: async () => true },
    pending: () => page.touched.pending(page.boxOf),
    keepCopy: () => { page.kept += 1; },
    touch: (field) => page.touched.touch(field),
    drop: (field) => page.touched.drop(field),
    refresh: async () => { page.refreshed += 1; },
    leaving: () => false,
    ...parts,
  };
  return page;
}

/** Answers every fetch with `answer` while `during` runs; gives what was asked for. */
export async function answering(answer, during) {
  const real = globalThis.fetch, asked = [];
  globalThis.fetch = async (address, given = {}) => {
    asked.push({ address, ...given });
    if (answer instanceof Error) throw answer;
    return { ok: answer.status === undefined || answer.status < 400, status: 200, redirected: false, json: async () => answer.json, text: async () => answer.text || "", ...answer.given, ...(answer.status ? { status: answer.status } : {}) };
  };
  try { await during(); } finally { globalThis.fetch = real; }
  return asked;
}
