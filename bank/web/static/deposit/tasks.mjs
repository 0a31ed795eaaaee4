// The list of what is to be done never counts as done what the bank refused, and the page says first that it did.
import { fill } from "./sentences.mjs";

/** The fields in which something waits for a person: [box, what is said there]. */
function troubled(page) {
  const boxes = [...page.document.querySelectorAll("[data-field]")];
  return boxes.map((box) => [box, box.querySelector(".wrong, .both")]).filter(([, told]) => told);
}

/** What a field is called. */
export function nameOf(box) {
  const name = box.querySelector("legend, label, h3");
  return name ? name.textContent.trim() : box.dataset.field;
}

/** Links to the fields in which something waits for a person. */
export const troubledPlaces = (page) => troubled(page).map(([box]) => ({ text: nameOf(box), hash: `#${box.id}` }));

function listed(task, field) {
  return [...task.querySelectorAll("ul a")].some((one) => `${one.hash.slice(3)}.`.startsWith(`${field}.`));
}

function add(page, task, box, told) {
  const { document } = page, list = task.querySelector("ul") || document.createElement("ul");
  const item = document.createElement("li"), link = document.createElement("a");
  Object.assign(link, { href: `#${box.id}`, textContent: told.classList.contains("both") ? nameOf(box) : told.textContent });
  item.append(link);
  list.append(item);
  list.className = "small";
  task.append(list);
}

function restate(page, badge, count) {
  if (badge) Object.assign(badge, { className: "badge wrong", textContent: fill(page.says.toputright, { count }) });
}

/** Marks in the list, and at the groups, what was refused or is contested. */
export function markTasks(page) {
  let found = 0;
  for (const [box, told] of troubled(page)) {
    const group = box.closest("[data-group]")?.dataset.group, task = page.document.querySelector(`[data-task="${group}"]`);
    found += 1;
    if (!task || listed(task, box.dataset.field)) continue;
    add(page, task, box, told);
    if (group === "needed") lower(page);
    const count = task.querySelectorAll("ul li").length;
    restate(page, task.querySelector("[data-state]"), count);
    restate(page, page.document.querySelector(`#tally-${group} [data-state]`), count);
  }
  entitle(page, found > 0);
}

/** One field less is ready to be published. */
function lower(page) {
  const meter = page.document.getElementById("meter"), told = page.document.querySelector("[data-done]");
  if (!meter || !told) return;
  meter.value = Math.max(0, meter.value - 1);
  told.textContent = meter.value;
}

/** Puts the word for an error first in the title, or takes it away. */
export function entitle(page, wrong) {
  const word = `${page.says.error} `, plain = page.document.title.replace(word, "");
  page.document.title = wrong ? word + plain : plain;
}
