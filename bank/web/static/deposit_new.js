// Beginning an entry: files are dropped, listed one by one, and sent with a bar for each. The plain form does the same.
"use strict";

/** Photos of newer telephones: the bank can't read them, and says so before they are sent. */
const UNREAD = /\.hei[cf]$/i;

(() => {
  const form = document.getElementById("begin");
  if (!form) return;
  const says = { sending: form.dataset.saySending, remove: form.dataset.sayRemove, lost: form.dataset.sayLost, busy: form.dataset.sayBusy, kept: form.dataset.sayKept, large: form.dataset.sayLarge, refused: form.dataset.sayRefused, marked: form.dataset.sayMarked, heic: form.dataset.sayHeic };
  const place = form.querySelector("[data-drop]"), input = form.elements.files, list = place.querySelector(".chosen");
  const told = form.querySelector(".sending"), send = form.querySelector("button[type=submit]");
  const most = Number(form.dataset.most);
  let files = [], sending = null;

  function show() {
    const box = new DataTransfer();
    files.forEach((file) => box.items.add(file));
    input.files = box.files;
    list.hidden = !files.length;
    list.replaceChildren(...files.map((file, at) => {
      const item = document.createElement("li"), name = document.createElement("span");
      const remove = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: says.remove });
      const size = file.size < 1048576 ? `${Math.ceil(file.size / 1024)} kB` : `${(file.size / 1048576).toFixed(1)} MB`;
      name.textContent = `${file.name} (${size})`;
      remove.setAttribute("aria-label", `${says.remove}: ${file.name}`);
      remove.onclick = () => { files.splice(at, 1); show(); (list.querySelector("button") || input).focus(); };
      item.append(name, remove);
      if (!UNREAD.test(file.name)) return item;
      item.classList.add("wrong");
      remove.before(Object.assign(document.createElement("strong"), { textContent: says.heic }));
      return item;
    }));
    told.textContent = files.some((file) => UNREAD.test(file.name)) ? says.heic : "";
  }
  function take(more) {
    const same = (one, two) => one.name === two.name && one.size === two.size && one.lastModified === two.lastModified;
    for (const file of more) if (!files.some((one) => same(one, file))) files.push(file);
    show();
  }
  function bars() {
    return [...list.children].map((item, at) => {
      item.querySelector("button")?.remove();
      const bar = document.createElement("progress");
      bar.max = files[at].size || 1;
      bar.value = 0;
      bar.setAttribute("aria-label", `${says.sending}: ${files[at].name}`);
      item.append(bar);
      return bar;
    });
  }
  function advance(found, loaded) {
    let left = loaded;
    for (const bar of found) {
      bar.value = Math.min(left, bar.max);
      left = Math.max(0, left - bar.max);
    }
  }
  function over(status, answer) {
    sending = null;
    show();
    const page = new DOMParser().parseFromString(answer, "text/html"), fresh = page.getElementById("refused");
    if (!fresh) return stopped(status === 413 ? says.large : whyNot(page));
    const named = [...fresh.querySelectorAll("[data-file]")].map((one) => one.dataset.file);
    told.textContent = named.length ? says.refused : "";
    named.forEach(mark);
    fresh.querySelector(".choose-again")?.remove();
    document.getElementById("refused").replaceWith(document.adoptNode(fresh));
    document.getElementById("faults")?.focus();
  }
  /** What the bank's own page of a failure says; where something else answered in its place, that it can't be done now. */
  function whyNot(page) {
    const said = page.querySelector(".failure h1");
    return said ? `${said.textContent} ${says.kept}` : says.busy;
  }
  function mark(name) {
    files.forEach((file, at) => {
      if (file.name !== name) return;
      const item = list.children[at], word = document.createElement("strong");
      item.classList.add("wrong");
      word.textContent = says.marked;
      item.querySelector("button").before(word);
    });
  }
  function stopped(sentence) {
    sending = null;
    show();
    told.textContent = sentence;
    send.focus();
  }
  const lost = () => stopped(says.lost);

  place.querySelector(".drop-here").hidden = false;
  input.addEventListener("change", () => take([...input.files]));
  for (const name of ["dragenter", "dragover"]) place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("over"));
  place.addEventListener("drop", (event) => { event.preventDefault(); take([...event.dataTransfer.files]); });
  form.addEventListener("submit", (event) => {
    if (!files.length) return;
    event.preventDefault();
    if (sending) return;
    if (files.reduce((sum, file) => sum + file.size, 0) > most) return stopped(says.large);
    const body = new FormData(form), found = bars();
    told.textContent = says.sending;
    sending = new XMLHttpRequest();
    sending.upload.onprogress = (step) => advance(found, step.loaded);
    sending.onload = () => {
      const landed = new URL(sending.responseURL).pathname;
      if (sending.status < 400 && landed !== "/deposits") return location.assign(landed);
      over(sending.status, sending.responseText);
    };
    sending.onerror = lost;
    sending.open("POST", form.getAttribute("action"));
    sending.send(body);
  });
})();
