// The form of an entry on its way. Without it everything works by the buttons; with it nothing has to be remembered:
// what is written is saved as it is written, kept on this device while there is no line, and never put over
// what somebody else saved meanwhile.
"use strict";

(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  const says = Object.fromEntries(Object.entries(form.dataset).filter(([name]) => name.startsWith("say")).map(([name, text]) => [name.slice(3).toLowerCase(), text]));
  const here = "/deposits/" + form.dataset.entry;
  const store = "bank-entry-" + form.dataset.entry;
  const tongue = document.documentElement.lang;
  const status = document.getElementById("saved");
  const PAUSE = 1200, RETRY = 5000, LOOK = 1200;
  const dirty = new Map();   // field -> how often it was touched
  const held = new Set();    // fields that wait for a person's word
  const given = new Map();   // field -> a value that a file offers and a person took
  const known = new Map();   // fields about whose base the server has told since
  const served = new WeakMap();  // what is said about a file or picture, as the bank has it, by its box
  let version = Number(form.dataset.version), busy = false, flying = false, landed = 0, waiting = 0, looking = 0;
  let saving = Promise.resolve(true), leaving = false;
  let unrestored = {};       // an older copy that waits for a person's word: field -> {base, kept, moment}

  const boxOf = (field) => document.querySelector(`[data-field="${CSS.escape(field)}"]`);
  const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const clock = (moment) => new Date(moment).toLocaleTimeString(tongue, { hour: "2-digit", minute: "2-digit" });
  const make = (tag, text, name) => Object.assign(document.createElement(tag), { textContent: text || "", className: name || "" });
  const lines = (text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  const NOT_VALUES = /^(base\.|keep\.|confirm$|use$)/;

  function say(sentence, link) {
    if (status.textContent !== sentence || link) status.textContent = sentence;
    if (!link) return;
    const place = Object.assign(make("a", link), { href: "/login?written=kept&next=" + encodeURIComponent(here), target: "_blank", rel: "noopener" });
    status.append(" ", place);
  }

  // What the controls of a field say, as the bank's documents hold it.
  function controls(box) {
    return [...box.querySelectorAll("input[name], select[name], textarea[name]")].filter((one) => !NOT_VALUES.test(one.name));
  }
  function number(text) {
    const said = text.trim();
    if (!said) return null;
    const plain = /^\d{1,3}([ ,.\u00a0\u202f]\d{3})+$/.test(said) ? said.replace(/\D/g, "") : said.replace(/^(\d+),(\d{1,6})$/, "$1.$2");
    return /^\d{1,15}(\.\d{1,6})?$/.test(plain) ? Number(plain) : said;
  }
  const checked = (box, name) => [...box.querySelectorAll("input:checked")].filter((one) => one.name === name).map((one) => one.value);
  const or = (found) => (Object.keys(found).length ? found : null);
  const READ = {
    text: (box, all) => ((all[0] && (all[0].type === "radio" ? (all.find((one) => one.checked) || {}).value : all[0].value)) || "").trim() || null,
    number: (box, all) => number(all[0].value),
    texts: (box, all, field) => or(Object.fromEntries(all.map((one) => [one.name.slice(field.length + 1), one.value.trim()]).filter((pair) => pair[1]))),
    lines: (box, all) => lines(all[0].value),
    many: (box, all, field) => checked(box, field),
    ranked: (box, all, field) => {
      const first = all.find((one) => one.name === field + ".first").value;
      const others = checked(box, field).filter((one) => one !== first);
      return first ? [first, ...others] : others;
    },
    parts: (box, all, field) => or(Object.fromEntries(all.map((one) => {
      const name = one.name.slice(field.length + 1);
      return [name, name === "amount" || name === "year" ? number(one.value) : one.value.trim()];
    }).filter((pair) => pair[1] !== null && pair[1] !== ""))),
    links: (box) => [...box.querySelectorAll("[data-row]")].map((row) => {
      const [title, url] = [...row.querySelectorAll("input")].map((one) => one.value.trim());
      return { title, url };
    }).filter((row) => row.title || row.url),
    events: (box, all, field) => checked(box, field).sort().map((id) => ({ id, role: all.find((one) => one.name === `${field}.${id}`).value })),
    bool: (box, all) => ({ yes: true, no: false })[(all.find((one) => one.checked) || {}).value] ?? null,
    about: (box, all, field) => {
      const said = {};
      for (const one of all) {
        const [name, code] = one.name.slice(field.length + 1).split(".");
        if (name === "here") said.texts = said.texts || {};
        else if (name !== "texts") said[name] = one.value.trim() || null;
        else if (one.value.trim()) (said.texts = said.texts || {})[code] = one.value.trim();
      }
      return said;
    },
  };
  function valueOf(field) {
    const box = boxOf(field);
    return given.has(field) ? given.get(field) : READ[box.dataset.shape](box, controls(box), field);
  }

  // A copy on this device, from the first letter until the bank has it, each field with the value it was written upon.
  const raw = (box) => controls(box).map((one) => [one.name, one.value, one.checked === true]);
  const stated = (box) => JSON.stringify(controls(box).map((one) => one.tagName === "SELECT" ? one.value : [/^(radio|checkbox)$/.test(one.type) ? one.defaultValue : one.value, one.checked === true]));
  const asServed = (box) => JSON.stringify(controls(box).map((one) => one.tagName === "SELECT" ? ([...one.options].find((each) => each.defaultSelected) || one.options[0]).value : [one.defaultValue, one.defaultChecked === true]));
  function baseOf(box) {
    const base = box.querySelector('[name^="base."]');
    return base ? base.value : served.get(box) || asServed(box);
  }
  function keepCopy() {
    try {
      const moment = new Date().toISOString();
      const fields = Object.fromEntries([...dirty.keys()].filter(boxOf).map((field) => [field, { base: baseOf(boxOf(field)), kept: raw(boxOf(field)), moment }]));
      if (Object.keys(fields).length || asking()) localStorage.setItem(store, JSON.stringify({ fields, unrestored }));
      else localStorage.removeItem(store);
    } catch { /* no room or no leave: then there is no copy, and saving goes on */ }
  }
  const asking = () => Object.keys(unrestored).length > 0;
  function copy() {
    try { return JSON.parse(localStorage.getItem(store)); } catch { return null; }
  }
  function put(field, kept) {
    const box = boxOf(field);
    if (!box) return;
    for (const [name, value, on] of kept) {
      for (const one of controls(box).filter((each) => each.name === name)) {
        if (one.type === "radio" || one.type === "checkbox") { if (one.value === value) one.checked = on; }
        else one.value = value;
      }
    }
    unfold(box);
    count(box);
    dirty.set(field, (dirty.get(field) || 0) + 1);
  }
  // What nobody changed since comes back by itself; where the bank has another value by now, a person says.
  function restore() {
    const left = copy();
    if (!left) return;
    const differs = ([field, one]) => boxOf(field) && JSON.stringify(raw(boxOf(field))) !== JSON.stringify(one.kept);
    const fields = Object.entries(left.fields).filter(differs);
    const same = fields.filter(([field, one]) => one.base === baseOf(boxOf(field)));
    const others = fields.filter((pair) => !same.includes(pair));
    unrestored = Object.fromEntries([...Object.entries(left.unrestored).filter(differs), ...others]);
    for (const [field, one] of same) put(field, one.kept);
    keepCopy();
    if (same.length) {
      say(fill(says.restored, { time: clock(same[0][1].moment) }));
      soon(0);
    }
    if (asking()) offer();
  }
  function offer() {
    const panel = make("div", "", "note warn"), row = make("p", "", "row");
    panel.setAttribute("role", "alert");
    const end = () => { unrestored = {}; panel.remove(); keepCopy(); };
    const take = () => { for (const [field, one] of Object.entries(unrestored)) put(field, one.kept); end(); soon(0); };
    const yes = Object.assign(make("button", says.take, "button"), { type: "button", onclick: take });
    const no = Object.assign(make("button", says.drop, "button quiet"), { type: "button", onclick: () => { end(); if (!dirty.size) say(fill(says.saved, { time: clock(new Date()) })); } });
    row.append(yes, no);
    panel.append(make("p", fill(says.older, { time: clock(Object.values(unrestored)[0].moment) })), row);
    document.getElementById("asking").append(panel);
    say(says.choose);
  }

  // Saving.
  function touch(field) {
    dirty.set(field, (dirty.get(field) || 0) + 1);
    held.delete(field);
    keepCopy();
    soon(PAUSE);
  }
  function soon(pause) {
    clearTimeout(waiting);
    waiting = setTimeout(save, pause);
  }
  const pending = () => new Map([...dirty].filter(([field]) => !held.has(field) && boxOf(field)));
  function save() {
    clearTimeout(waiting);
    if (busy) { soon(PAUSE); return saving; }
    saving = sending(pending());
    return saving;
  }
  // True where the bank answered, whatever it said; what it did not take stays in the copy.
  async function sending(sent) {
    if (!sent.size) return true;
    busy = flying = true;
    say(says.saving);
    try {
      const answer = await fetch(here, {
        method: "PATCH",
        headers: { "content-type": "application/json", accept: "application/json", "if-match": `"${version}"` },
        body: JSON.stringify(Object.fromEntries([...sent.keys()].map((field) => [field, valueOf(field)]))),
        signal: AbortSignal.timeout(30000),
      });
      landed += 1;
      const outcome = [200, 401, 412, 422].includes(answer.status) ? answer.status : answer.status < 500 && answer.status !== 429 ? 409 : 0;
      await DONE[outcome](answer, sent);
      return outcome !== 0 && outcome !== 401;
    } catch {
      say(says.offline);
      soon(RETRY);
      return false;
    } finally {
      busy = flying = false;
    }
  }
  const DONE = {
    0: async () => { say(says.offline); soon(RETRY); },
    401: async () => { say(says.expired, says.again); soon(3 * RETRY); },
    409: async () => { say(says.closed); },
    200: async (answer, sent) => {
      const told = await answer.json();
      move(told.version);
      for (const [field, turn] of sent) {
        const box = boxOf(field), base = box.querySelector(`[name="base.${CSS.escape(field)}"]`);
        if (base && told.bases[field]) base.value = told.bases[field];
        box.querySelectorAll("[data-proposal], [data-offer], .wrong, .both").forEach((one) => one.remove());
        mark(box, false);
        held.delete(field);
        if (!base) served.set(box, dirty.get(field) === turn ? stated(box) : "");
        if (dirty.get(field) === turn) dirty.delete(field);
        if (given.delete(field)) known.set(field, true);
      }
      flying = false;
      keepCopy();
      stand(told.standing);
      say(document.querySelector(".both") ? says.conflict : held.size ? says.wrong : asking() ? says.choose : fill(says.saved, { time: clock(told.moment) }));
      if (known.size) await refresh();
      if (dirty.size) soon(PAUSE);
    },
    412: async (answer, sent) => {
      const told = await answer.json();
      flying = false;
      move(told.version);
      for (const [field, other] of Object.entries(told.fields)) contest(field, other);
      await refresh();
      if (Object.keys(told.fields).length) say(says.conflict);
      keepCopy();
      soon(0);
    },
    422: async (answer, sent) => {
      const told = await answer.json();
      const wrong = (told.errors || []).map((one) => [[...sent.keys()].find((field) => `${one.field}.`.startsWith(`${field}.`)), one.message]).filter((pair) => pair[0]);
      for (const [field, message] of wrong.length ? wrong : [...sent.keys()].map((field) => [field, told.detail])) {
        held.add(field);
        const box = boxOf(field);
        box.querySelectorAll(".wrong").forEach((one) => one.remove());
        box.append(make("p", message, "wrong small"));
        mark(box, true);
      }
      say(says.wrong);
      soon(0);
    },
  };
  function mark(box, wrong) {
    for (const one of controls(box)) { if (wrong) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid"); }
  }
  function move(to) {
    version = to;
    form.elements.version.value = to;
  }
  function stand(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("standing");
    if (fresh) exchange("standing", fresh);
  }
  function contest(field, other) {
    const box = boxOf(field);
    if (!box || box.querySelector(".both")) return;
    held.add(field);
    const panel = make("div", "", "note warn small both"), row = make("p", "", "row");
    panel.setAttribute("role", "group");
    panel.append(make("p", fill(other.who ? says.changed : says.changedbynobody, other)), make("p", other.text || says.empty, "said"));
    const mine = Object.assign(make("button", says.mine, "button"), { type: "button" });
    const theirs = Object.assign(make("button", says.theirs, "button quiet"), { type: "button" });
    mine.onclick = () => { panel.remove(); touch(field); (controls(box)[0] || status).focus(); soon(0); };
    theirs.onclick = async () => {
      panel.remove(); dirty.delete(field); held.delete(field); known.set(field, true); keepCopy();
      await refresh();
      const fresh = boxOf(field);
      if (fresh) (controls(fresh)[0] || fresh).focus();
      soon(0);
    };
    row.append(mine, theirs);
    panel.append(row);
    box.append(panel);
  }

  // What changed on the server comes into the page, but never where somebody is writing.
  async function refresh() {
    const began = landed;
    let fresh;
    try {
      const answer = await fetch(here, { headers: { accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch { return; }
    const other = fresh.getElementById("entry");
    if (!other) return location.reload();
    if (flying || began !== landed) return;  // a save was answered meanwhile: this page is older than what is shown
    move(Number(other.dataset.version));
    const came = [];
    for (const box of document.querySelectorAll("#entry [data-field]")) {
      const field = box.dataset.field, twin = fresh.getElementById(box.id);
      if (!twin) continue;
      const base = (one) => one.querySelector('[name^="base."]').value;
      const noted = (one) => Boolean(one.querySelector("[data-proposal], [data-offer]"));
      const differs = base(box) !== base(twin) || noted(box) !== noted(twin);
      if (!differs && !known.has(field)) continue;
      if (dirty.has(field)) {
        if (base(box) === base(twin) || held.has(field)) continue;
        if (noted(twin)) box.querySelector('[name^="base."]').value = base(twin);
        else contest(field, { text: told(twin), who: "", time: clock(new Date()) });
        continue;
      }
      if (box.contains(document.activeElement)) continue;
      if (!noted(box) && noted(twin)) came.push(field);
      box.replaceWith(document.adoptNode(twin));
      ready(boxOf(field));
    }
    known.clear();
    const busyFiles = [...dirty.keys()].some((field) => field.includes("."));
    const tallies = [...document.querySelectorAll("[data-tally]")].map((one) => one.id);
    for (const id of ["reading", "alikes", "standing", "heading", ...tallies, ...(busyFiles ? [] : ["files"])]) {
      const twin = fresh.getElementById(id);
      if (twin) exchange(id, twin);
    }
    document.title = fresh.title;
    if (came.length) say(came.length === 1 ? says.newone : fill(says.new, { count: came.length }));
  }
  function told(box) {
    return controls(box).filter((one) => !/^(radio|checkbox|hidden)$/.test(one.type) || one.checked)
      .map((one) => (one.type === "radio" || one.type === "checkbox" ? one.parentElement.textContent.trim() : one.tagName === "SELECT" ? one.selectedOptions[0].textContent.trim() : one.value.trim()))
      .filter(Boolean).join("\n");
  }
  function exchange(id, twin) {
    const old = document.getElementById(id);
    const chosen = old && [...old.querySelectorAll("input[type=file]")].some((one) => one.files.length);
    if (!old || chosen || leaving || old.contains(document.activeElement) || old.outerHTML === twin.outerHTML) return;
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    const next = document.adoptNode(twin);
    old.replaceWith(next);
    const folds = [...next.querySelectorAll("details")];
    if (folds.length === open.length) folds.forEach((one, at) => { one.open = open[at]; });
  }
  function unfold(box) {
    for (let one = box.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
  }

  // How far the reading of the files is.
  async function look() {
    clearTimeout(looking);
    if (!document.querySelector("[data-reading]")) return suggest();
    try {
      const answer = await fetch(here + "/state.json");
      if (answer.ok) {
        const state = await answer.json();
        if (state.version !== version && !busy) await refresh();
        else if (!state.job || state.job.state === "done" || state.job.state === "failed") await refresh();
        else bar(state.job);
      }
    } catch { /* the next look tells */ }
    looking = setTimeout(look, LOOK);
  }
  function bar(job) {
    const progress = document.getElementById("progress");
    if (!progress || !job.total) return;
    progress.max = job.total;
    progress.value = job.done;
  }

  // Suggested principles and themes: reading for them takes a moment, so they come when somebody gets there.
  let asked = false;
  function suggest() {
    const place = document.getElementById("suggested");
    if (!place || asked) return;
    const watch = new IntersectionObserver(async (seen) => {
      if (!seen.some((one) => one.isIntersecting) || asked) return;
      asked = true;
      watch.disconnect();
      suggested(fetch(place.dataset.suggestions + "?part=true"));
    }, { rootMargin: "200px" });
    watch.observe(place);
  }
  async function suggested(request) {
    try {
      const answer = await request;
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("suggested");
      if (fresh) document.getElementById("suggested").replaceWith(document.adoptNode(fresh));
    } catch { /* the link to their own page is still there */ }
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("#suggested [name=outcome]"), one = button?.closest("li");
    if (!button) return;
    event.preventDefault();
    const said = (name) => one.querySelector(`[name="${name}"]`).value;
    const body = new URLSearchParams({ vocabulary: said("vocabulary"), term: said("term"), outcome: button.value, part: "true" });
    await save();
    await suggested(fetch(document.getElementById("suggested").dataset.suggestions, { method: "POST", body }));
    (document.querySelector("#suggested button") || status).focus({ preventScroll: true });
    await refresh();
  });

  // Words are counted, never cut.
  function count(box) {
    for (const one of box.querySelectorAll(".count")) {
      const text = one.parentElement.querySelector("input, textarea").value.trim();
      const words = text ? text.split(/\s+/).length : 0, most = Number(one.dataset.most);
      one.textContent = fill(says.words, { count: words, most }) + (words > most ? " · " + says.long : "");
    }
  }
  function ready(root) {
    root.querySelectorAll(".sift, .add-city").forEach((one) => { one.hidden = false; });
  }
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function sift(input) {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const one of input.closest("details, fieldset").querySelectorAll(".many .option")) {
      const row = one.closest("[data-option]") || one;
      row.hidden = !words.every((word) => plain(one.textContent).includes(word)) && !one.querySelector(":checked");
    }
  }
  function spoken(event, box) {
    const language = document.querySelector('select[name="language"]'), near = event.target.closest("[data-language]");
    if (!language || language.value || !near || box.dataset.shape !== "texts") return;
    language.value = near.dataset.language;
    if (language.value) touch("language");
  }
  function addCity(input) {
    const text = input.value.trim(), area = document.getElementById(input.dataset.addLine);
    if (!text) return;
    area.value = [...lines(area.value), text].join("\n");
    input.value = "";
    touch(input.dataset.addLine);
  }
  function written(event) {
    const one = event.target, box = one.closest("[data-field]");
    if (one.matches("[data-sift]")) return sift(one);
    if (one.matches("[data-add-line]")) return event.type === "change" ? addCity(one) : undefined;
    if (!box || !one.name) return;
    if (one.name.startsWith("keep.")) return;
    const field = box.dataset.field;
    if (one.name === "use") given.set(field, JSON.parse(box.dataset.offered));
    else if (one.name !== "confirm") given.delete(field);
    const row = one.closest("[data-row]");
    if (row && !row.nextElementSibling?.matches("[data-row]")) another(row, field);
    spoken(event, box);
    count(box);
    touch(field);
    if (one.name === "use" || one.name === "confirm") soon(0);
  }
  function another(row, field) {
    const next = row.cloneNode(true), at = row.parentElement.querySelectorAll("[data-row]").length;
    for (const one of next.querySelectorAll("input")) {
      const part = one.name.slice(one.name.lastIndexOf(".") + 1);
      const label = next.querySelector(`label[for="${CSS.escape(one.id)}"]`);
      one.id = one.name = `${field}.${at}.${part}`;
      one.value = "";
      label.htmlFor = one.id;
      label.textContent = label.textContent.replace(/\d+/, at + 1);
    }
    row.after(next);
  }

  document.addEventListener("input", written);
  document.addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox], [type=radio], [data-add-line]")) written(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-add-line], [data-sift]")) {
      event.preventDefault();
      if (event.target.dataset.addLine) addCity(event.target);
    }
  });
  form.addEventListener("submit", (event) => {
    if (event.submitter?.hasAttribute("formaction") || document.querySelector("fieldset.both")) return;
    event.preventDefault();
    if (dirty.size) { held.clear(); soon(0); } else say(asking() ? says.choose : fill(says.saved, { time: clock(new Date()) }));
  });
  // Any other form leaves the page: first what is written is saved, and without an answer nobody leaves.
  document.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    const { target, submitter } = event;
    if (tooLarge(target)) return event.preventDefault();
    if (leaving === target || (!busy && !pending().size)) return;
    event.preventDefault();
    if (leaving) return;
    leaving = true;
    keepCopy();
    await saving;
    let heard = true;
    for (let turn = 0; turn < 3 && heard && pending().size; turn += 1) heard = await save();
    leaving = false;
    if (!heard) return say(status.firstChild.textContent + " " + says.stayed, status.querySelector("a") && says.again);
    leaving = target;
    target.requestSubmit(submitter);
    leaving = false;
  });
  function tooLarge(target) {
    const files = [...target.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
    const told = target.querySelector("[data-large]");
    if (told) told.hidden = files.reduce((sum, one) => sum + one.size, 0) <= Number(told.dataset.large);
    return Boolean(told && !told.hidden);
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#f-"]');
    if (!link) return;
    const box = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!box) return;
    event.preventDefault();
    unfold(box);
    const first = [...box.querySelectorAll("input:not([type=hidden]), select, textarea")].find((one) => one.offsetParent) || box;
    first.focus();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) keepCopy(); if (dirty.size) soon(0); });
  window.addEventListener("online", () => soon(0));
  window.addEventListener("focus", () => { if (dirty.size) soon(0); });

  ready(document);
  document.querySelector("[data-focus]")?.focus();
  restore();
  look();
})();
