// Suggested principles and themes: reading for them takes a moment, so they come when somebody gets there.
import { sayWhyNot } from "./answers.mjs";
import { outcomeOf } from "./saving.mjs";

const place = (page) => page.document.getElementById("suggested");

/** Puts the answered piece in its place; without one the link to their own page is still there. Gives the outcome. */
async function show(page, request) {
  try {
    const answer = await request;
    if (!answer.ok) return outcomeOf(answer.status);
    const fresh = page.parse(await answer.text()).getElementById("suggested");
    if (!fresh) return "signedOut";
    place(page).replaceWith(page.document.adoptNode(fresh));
    return "saved";
  } catch {
    return "noLine";
  }
}

/** Asks for the suggestions once their place comes near. */
export function watchPlace(page, Observer = IntersectionObserver) {
  const waiting = place(page);
  if (!waiting) return;
  const watch = new Observer((seen) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watch.disconnect();
    show(page, fetch(waiting.dataset.suggestions + "?part=true"));
  }, { rootMargin: "200px" });
  watch.observe(waiting);
}

/** What a pressed button says about a suggestion, as its form would send it. */
export function decisionOf(button) {
  const said = (name) => button.closest("li").querySelector(`[name="${name}"]`).value;
  return new URLSearchParams({ vocabulary: said("vocabulary"), term: said("term"), outcome: button.value, part: "true" });
}

/** Accepts or rejects a suggestion without leaving the page; first what is written is saved. */
export async function decide(page, event) {
  const button = event.target.closest("#suggested [name=outcome]");
  if (!button) return;
  event.preventDefault();
  const body = decisionOf(button);
  await page.saver.save();
  const outcome = await show(page, fetch(place(page).dataset.suggestions, { method: "POST", body }));
  if (outcome !== "saved") return sayWhyNot(page, outcome, page.says.stayed);
  (page.document.querySelector("#suggested button") || page.status).focus({ preventScroll: true });
  await page.refresh();
}
