// What is said to whoever writes: the sentences that the page brings in its language, and the time of day.

/** The sentences in a form's dataset, by the name after `say`: `data-say-saved` is `saved`. */
export function sentencesOf(dataset) {
  const said = Object.entries(dataset).filter(([name]) => name.startsWith("say"));
  return Object.fromEntries(said.map(([name, text]) => [name.slice(3).toLowerCase(), text]));
}

/** A sentence with the values in its places; a place without a value stays as it is. */
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

/** Hour and minute of a moment, as the language writes them, in a time zone: the one that the pages tell all hours in. */
export const clock = (moment, language, timeZone) =>
  new Date(moment).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone });

/** Writes into the line that tells how saving stands; `link` is a text that leads to signing in and back `here`.
 *
 * `places` are {text, hash} of the fields that the sentence is about.
 */
export function teller(status, here) {
  const append = (given) => {
    const made = Object.assign(status.ownerDocument.createElement("a"), given);
    status.append(" ", made);
  };
  return (sentence, link, places = []) => {
    if (status.textContent !== sentence || link || places.length) status.textContent = sentence;
    for (const { text, hash } of places) append({ textContent: text, href: hash });
    if (!link) return;
    append({ textContent: link, target: "_blank", rel: "noopener", href: "/login?written=kept&next=" + encodeURIComponent(here) });
  };
}
