// Pieces of the page that come anew from the server, and the folds that people opened in them.

/** Puts a newer piece in the place of the one with that id, but never where somebody is, nor while the page is left. */
export function exchange(page, id, twin) {
  const document = page.document, old = document.getElementById(id);
  const chosen = old && [...old.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  if (!old || chosen || page.leaving() || old.contains(document.activeElement) || old.outerHTML === twin.outerHTML) return;
  const open = [...old.querySelectorAll("details")].map((one) => one.open);
  const next = document.adoptNode(twin);
  old.replaceWith(next);
  const folds = [...next.querySelectorAll("details")];
  if (folds.length === open.length) folds.forEach((one, at) => { one.open = open[at]; });
}

/** Shows how complete the entry is, from the piece of the page that came with a save. */
export function showStanding(page, html) {
  const fresh = page.parse(html).getElementById("standing");
  if (fresh) exchange(page, "standing", fresh);
}

/** Opens all folds around a box. */
export function unfold(box) {
  for (let one = box.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
}
