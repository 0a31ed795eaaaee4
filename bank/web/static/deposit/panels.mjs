// Panels in which a person chooses between two texts.
import { fill } from "./sentences.mjs";

function make(document, tag, text, name = "") {
  return Object.assign(document.createElement(tag), { textContent: text, className: name });
}

/** A panel that says something above two buttons. */
function panel(document, { kind, role, lines, choices }) {
  const made = make(document, "div", "", kind), row = make(document, "p", "", "row");
  made.setAttribute("role", role);
  for (const [at, [label, act]] of choices.entries()) {
    row.append(Object.assign(make(document, "button", label, at ? "button quiet" : "button"), { type: "button", onclick: act }));
  }
  made.append(...lines, row);
  return made;
}

/** Who changed it: the same person in another window, somebody else, or nobody who is known. */
function changedBy(says, other) {
  if (other.own) return says.changedbyyou;
  return other.who ? says.changed : says.changedbynobody;
}

/** The other text; where the bank says which of its words stand otherwise here, those are marked. */
function textLine(document, says, { text, pieces }) {
  const line = make(document, "p", pieces?.length ? "" : text || says.empty, "said");
  for (const [words, differs] of pieces || []) line.append(differs ? make(document, "mark", words) : words);
  return line;
}

/** The same field was changed meanwhile: `other` is {text, who, time, ago, own, pieces}; the acts are what each choice does. */
export function bothPanel(document, says, other, { mine, theirs }) {
  const lines = [
    make(document, "p", fill(changedBy(says, other), other)),
    textLine(document, says, other),
  ];
  const choices = [[says.mine, mine], [says.theirs, theirs]];
  const made = panel(document, { kind: "note warn small both", role: "group", lines, choices });
  if (other.own) made.dataset.own = "";
  return made;
}

/** On this device there is text of `time` that is not saved, and the entry has changed since. */
export function olderPanel(document, says, time, { take, drop }) {
  const lines = [make(document, "p", fill(says.older, { time }))];
  return panel(document, { kind: "note warn", role: "alert", lines, choices: [[says.take, take], [says.drop, drop]] });
}
