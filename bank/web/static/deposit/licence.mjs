// A licence is asked by three questions; which one follows is told at once, and so is what a name means.

const QUESTIONS = ["share", "adapt", "earn"];

const controls = (place, name) => [...place.querySelectorAll(`[name="${name}"]`)];
const answer = (place, part) => controls(place, `${place.dataset.licence}.${part}`).find((one) => one.checked)?.value || "";
const rowsOf = (place) => [...place.querySelectorAll("[data-answers]")];

/** The row of the licence that the answers give; undefined while they are not complete. */
export function rowOfAnswers(place) {
  const said = QUESTIONS.map((part) => answer(place, part)), key = said[0] === "yes" ? said.join(" ") : said[0];
  return rowsOf(place).find((row) => row.dataset.answers === key);
}

function tick(all, value) {
  for (const one of all) one.checked = one.value === value;
}

/** Says which licence is chosen, by its name and with its link. */
function tell(place, shown, says) {
  const line = place.querySelector("[data-result]");
  if (!shown) {
    line.textContent = says.sayNone;
    return;
  }
  line.textContent = `${says.sayChosen} `;
  line.append(shown.cloneNode(true));
}

/** Whether questions are answered that give no licence yet: then nothing is to be saved of it. */
export function halfAnswered(one) {
  const place = one.closest("[data-licence]");
  return Boolean(place) && one.name !== place.dataset.licence && !rowOfAnswers(place);
}

/** A question was answered, or a licence chosen by its name: each follows from the other. */
export function licenceChanged(one) {
  const place = one.closest("[data-licence]");
  if (!place) return;
  const name = place.dataset.licence, says = place.querySelector(".results").dataset;
  if (one.name !== name) {
    const row = rowOfAnswers(place);
    if (row) tick(controls(place, name), row.dataset.id);
    if (row) tell(place, row.querySelector("span"), says);
    else place.querySelector("[data-result]").textContent = says.sayMore;
    return;
  }
  const row = rowsOf(place).find((each) => each.dataset.id === one.value), said = row ? row.dataset.answers.split(" ") : [];
  QUESTIONS.forEach((part, at) => tick(controls(place, `${name}.${part}`), said[at]));
  tell(place, row?.querySelector("span") || one.parentElement.querySelector("span"), says);
}
