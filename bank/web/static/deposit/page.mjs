// The form of an entry on its way. Without it everything works by the buttons; with it nothing has to be remembered:
// what is written is saved as it is written, kept on this device while there is no line, and never put over
// what somebody else saved meanwhile.
import { follow } from "./answers.mjs";
import { Bases } from "./bases.mjs";
import { partOf } from "./controls.mjs";
import { follow as followLink, goTo } from "./groups.mjs";
import { Leaving, saveHere } from "./leaving.mjs";
import { LocalCopy } from "./local_copy.mjs";
import { watchReading } from "./reading.mjs";
import { confirmAll } from "./proposals.mjs";
import { refresh } from "./refreshing.mjs";
import { keptOf, restore } from "./restoring.mjs";
import { PAUSE, Saver, send } from "./saving.mjs";
import { clock, sentencesOf, teller } from "./sentences.mjs";
import { decide, watchPlace } from "./suggested.mjs";
import { troubledPlaces } from "./tasks.mjs";
import { ready } from "./texts.mjs";
import { Touched } from "./touched.mjs";
import { settle } from "./unplaced.mjs";
import { listenToWriting } from "./writing.mjs";

/** Sentences about fields, which are linked behind them. */
const ABOUT_FIELDS = ["wrong", "conflict", "conflictown"];

/** What the modules share about the page of one entry. */
function pageOf(form) {
  const here = "/deposits/" + form.dataset.entry, status = document.getElementById("saved");
  const says = sentencesOf(form.dataset), tell = teller(status, here);
  const page = {
    document, form, here, status, says,
    say: (sentence, link) => tell(sentence, link, ABOUT_FIELDS.some((name) => says[name] === sentence) ? troubledPlaces(page) : []),
    clock: (moment) => clock(moment, document.documentElement.lang, form.dataset.zone),
    parse: (html) => new DOMParser().parseFromString(html, "text/html"),
    reload: () => location.reload(),
    boxOf: (field) => document.querySelector(`[data-field="${CSS.escape(field)}"]`),
    inConflict: () => document.querySelector(".both") !== null,
    touched: new Touched(),
    bases: new Bases(),
    copy: new LocalCopy(() => localStorage, "bank-entry-" + form.dataset.entry),
    /** Fields whose box is to be shown anew though nothing in it tells that it is older. */
    stale: new Set(),
    /** The version that the form shows. */
    get version() { return Number(form.elements.version.value); },
    set version(to) { form.elements.version.value = to; },
    pending: () => page.touched.pending(page.boxOf),
    keepCopy: () => page.copy.keep(keptOf(page, new Date().toISOString())),
    touch(field) {
      page.touched.touch(field);
      page.keepCopy();
      page.saver.soon(PAUSE);
    },
    /** What is written in a field waits for a person to go on. */
    wait(field) {
      page.touched.hold(field);
      page.keepCopy();
    },
    /** Nothing is to be saved of a field after all. */
    drop(field) {
      page.touched.drop(field);
      page.keepCopy();
    },
    refresh: () => refresh(page),
    leaving: () => leaving.underWay,
  };
  page.version = form.dataset.version;
  page.saver = new Saver({
    pending: page.pending,
    send(fields) {
      page.say(says.saving);
      return send(here, partOf(new FormData(form), fields.keys()));
    },
    follow: (outcome, told, fields) => follow(page, outcome, told, fields),
  });
  const leaving = new Leaving(page);
  form.addEventListener("submit", (event) => saveHere(page, event));
  document.addEventListener("submit", (event) => leaving.submit(event));
  return page;
}

/** Saves what is not saved yet where somebody comes, goes, or has a line again. */
function saveAtTurns(page) {
  const saveNow = () => { if (page.touched.any) page.saver.soon(0); };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) page.keepCopy();
    saveNow();
  });
  window.addEventListener("online", () => page.saver.soon(0));
  window.addEventListener("focus", saveNow);
}

const form = document.getElementById("entry");
if (form) {
  const page = pageOf(form);
  listenToWriting(page);
  document.addEventListener("click", (event) => decide(page, event));
  document.addEventListener("click", (event) => settle(page, event));
  document.addEventListener("click", (event) => confirmAll(page, event));
  document.addEventListener("click", (event) => followLink(page, event));
  saveAtTurns(page);
  ready(document);
  document.querySelector("[data-focus]")?.focus();
  restore(page);
  if (location.hash && !page.copy.asking) goTo(page, location.hash);
  watchReading(page, () => watchPlace(page));
}
