// Rows of a list of links: there is always an empty one to write in.

/** The name of the same part in another row: `links.0.url` in row 3 is `links.3.url`. */
export const nameIn = (field, at, name) => `${field}.${at}.${name.slice(name.lastIndexOf(".") + 1)}`;

/** Adds an empty row after the last one, once somebody writes in that. */
export function addRowAfter(row, field) {
  if (row.nextElementSibling?.matches("[data-row]")) return;
  const next = row.cloneNode(true), at = row.parentElement.querySelectorAll("[data-row]").length;
  for (const one of next.querySelectorAll("input")) {
    const label = [...next.querySelectorAll("label")].find((each) => each.htmlFor === one.id);
    one.id = one.name = nameIn(field, at, one.name);
    one.value = "";
    label.htmlFor = one.id;
    label.textContent = label.textContent.replace(/\d+/, at + 1);
  }
  row.after(next);
}
