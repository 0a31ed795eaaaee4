// The controls of a field: which they are, what of them is sent, how they stand. What they mean, only the server says.

const BESIDE = /^(base\.|keep\.|confirm$|use$|shown$|sure$)/, OF_A_FIELD = /^(confirm|use|sure)$/;
const TICKED = /^(radio|checkbox)$/;

/** The controls in a field's box that hold its value. */
export function controlsOf(box) {
  return [...box.querySelectorAll("input[name], select[name], textarea[name]")].filter((one) => !BESIDE.test(one.name));
}

/** The control that holds the fingerprint of what the bank has; what is said about a file or picture has none. */
export const baseControl = (box) => box.querySelector('[name^="base."]');

/** Whether a control that a form sends belongs to a field. */
export function belongs(name, value, field) {
  if (OF_A_FIELD.test(name)) return value === field;
  return name === field || name === `base.${field}` || name.startsWith(`${field}.`);
}

/** Of all that a form sends, what these fields need, with the version that it shows. */
export function partOf(pairs, fields) {
  const wanted = [...fields];
  return [...pairs].filter(([name, value]) => name === "version" || wanted.some((field) => belongs(name, value, field)));
}

/** How the controls stand, to be kept and put back: [name, value, ticked] of each. */
export const standOf = (box) => controlsOf(box).map((one) => [one.name, one.value, one.checked === true]);

/** Puts back how the controls stood. */
export function putBack(box, kept) {
  for (const [name, value, ticked] of kept) {
    for (const one of controlsOf(box).filter((each) => each.name === name)) {
      if (!TICKED.test(one.type)) one.value = value;
      else if (one.value === value) one.checked = ticked;
    }
  }
}

/** What a person reads in the controls, a line each. */
export function textOf(box) {
  const shown = controlsOf(box).filter((one) => (TICKED.test(one.type) ? one.checked : one.type !== "hidden"));
  return shown.map(wordsOf).filter(Boolean).join("\n");
}

function wordsOf(one) {
  if (TICKED.test(one.type)) return one.parentElement.textContent.trim();
  return (one.tagName === "SELECT" ? one.selectedOptions[0].textContent : one.value).trim();
}

const WRONG = "wrong-";
const describe = (one, ids) => (ids.length ? one.setAttribute("aria-describedby", ids.join(" ")) : one.removeAttribute("aria-describedby"));
const described = (one) => (one.getAttribute("aria-describedby") || "").split(" ").filter(Boolean);

/** Marks the control `place` as wrong; where that is the whole field, the first one stands for it. */
export function mark(box, place) {
  const all = controlsOf(box).filter((one) => one.type !== "hidden"), exact = all.filter((one) => one.name === place);
  for (const one of exact.length ? exact : all.slice(0, 1)) {
    one.setAttribute("aria-invalid", "true");
    describe(one, [...described(one), WRONG + place]);
  }
}

/** Marks all controls as right again. */
export function unmark(box) {
  for (const one of controlsOf(box)) {
    one.removeAttribute("aria-invalid");
    describe(one, described(one).filter((id) => !id.startsWith(WRONG)));
  }
}
