// Pieces of the page that come anew from the server, and the folds that people opened in them.

/** Whether two pieces are alike, but for the tokens of their forms: each rendering has its own. */
function isSame(old, twin) {
  const bare = (one) => one.outerHTML?.replace(/(<input[^>]* name="once"[^>]* value=")[^"]*/g, "$1");
  return bare(old) === bare(twin);
}

/** Puts a newer piece in the place of the one with that id, but never where somebody is, nor while the page is left. */
export function exchange(page, id, twin) {
  const document = page.document, old = document.getElementById(id);
  const chosen = old && [...old.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  if (!old || chosen || page.leaving() || old.contains(document.activeElement) || isSame(old, twin)) return;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  const next = document.adoptNode(twin);
  old.replaceWith(next);
  const folds = [...next.querySelectorAll("details")];
  if (folds.length === open.length) folds.forEach((one, at) => { one.open = open[at]; });
  carryOver(old, next);
}

/** Keeps open in a newer piece the named folds that were open, and chosen the fields into which something is to go. */
export function carryOver(old, next) {
  for (const one of old.querySelectorAll("details[data-fold]")) {
    const twin = next.querySelector(`details[data-fold="${one.dataset.fold}"]`);
    if (twin) twin.open = one.open;
  }
  for (const one of old.querySelectorAll(`select[name^="into."]`)) {
    const twin = next.querySelector(`select[name="${one.name}"]`);
    if (twin && [...twin.options].some((each) => each.value === one.value)) twin.value = one.value;
  }
}

/** Shows what the entry is called and how it and its groups stand, from the pieces that came with a save. */
export function showPieces(page, html) {
  const fresh = page.parse(html);
  const tallies = [...fresh.querySelectorAll("[data-tally]")].map((one) => one.id);
  for (const id of ["heading", "standing", ...tallies]) {
    const piece = fresh.getElementById(id);
    if (piece) exchange(page, id, piece);
  }
  if (fresh.title) page.document.title = fresh.title;
}

/** Opens all folds around a box. */
export function unfold(box) {
  for (let one = box.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
}
