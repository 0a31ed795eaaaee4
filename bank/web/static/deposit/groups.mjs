// The groups of the form open one at a time; whoever is sent to a field or a group finds it open.
import { unfold } from "./pieces.mjs";

const FIELD = "#f-", GROUP = "#g-";

/** Shows a group alone: all others close, also where a browser does not do that by itself. */
export function openGroup(page, id) {
  const groups = [...page.document.querySelectorAll("details[data-group]")];
  const wanted = groups.find((one) => one.dataset.group === id);
  if (!wanted) return null;
  for (const one of groups) one.open = one === wanted;
  const summary = wanted.querySelector("summary");
  summary.focus({ preventScroll: true });
  summary.scrollIntoView({ block: "start" });
  return wanted;
}

/** Opens what a field is folded into, and goes to its first control that can be seen. */
function goToField(box) {
  unfold(box);
  const first = [...box.querySelectorAll("input, select, textarea")].find((one) => one.type !== "hidden" && one.offsetParent);
  (first || box).focus();
  (first || box).scrollIntoView({ block: "center" });
}

/** Goes where an address inside the page points: to a group or to a field; false for anything else. */
export function goTo(page, hash) {
  if (hash.startsWith(GROUP)) return Boolean(openGroup(page, hash.slice(GROUP.length)));
  const box = hash.startsWith(FIELD) && page.document.getElementById(decodeURIComponent(hash.slice(1)));
  if (!box) return false;
  goToField(box);
  return true;
}

/** A link into the page was followed. */
export function follow(page, event) {
  const link = event.target.closest("a[href]");
  const hash = link && link.getAttribute("href");
  if (hash && hash.startsWith("#") && goTo(page, hash)) event.preventDefault();
}
