// What a file proposed: said to be right one by one or all at once, and doubted again by taking the tick away.

const WAITING = "[data-proposal]";
const tickOf = (note) => note.querySelector('[name="confirm"]');

/** After a save: a ticked proposal stays, with its tick; one whose tick went waits again; what was typed has none. */
export function settleNotes(box) {
  const typed = "typed" in box.dataset;
  delete box.dataset.typed;
  for (const note of box.querySelectorAll("[data-proposal], [data-sure]")) {
    if (typed) note.remove();
    else settle(note, tickOf(note).checked);
  }
}

function settle(note, sure) {
  note.toggleAttribute("data-sure", sure);
  note.toggleAttribute("data-proposal", !sure);
  const shown = note.querySelector('[name="shown"], [name="sure"]');
  shown.name = sure ? "sure" : "shown";
}

/** Whether a tick is taken away that was never saved: then nothing happened. */
export const takesBack = (box, one) => one.name === "confirm" && !one.checked && !("typed" in box.dataset) && one.closest(WAITING) !== null;

const placeOf = (page, button) => button.closest("[data-group]") || page.document;

/** Hides the buttons that say "all of this is right" where nothing waits any more. */
export function showButtons(page) {
  for (const button of page.document.querySelectorAll('button[name="all"]')) {
    (button.closest("[data-all]") || button).hidden = !placeOf(page, button).querySelector(WAITING);
  }
}

/** Ticks all proposals of the button's group, or of the form, and saves. */
export function confirmAll(page, event) {
  const button = event.target.closest('button[name="all"]');
  if (!button) return;
  event.preventDefault();
  const ticks = [...placeOf(page, button).querySelectorAll(WAITING)].map(tickOf);
  for (const one of ticks) {
    one.checked = true;
    page.touch(one.value);
  }
  page.saver.soon(0);
  ticks[0]?.focus({ preventScroll: true });
}
