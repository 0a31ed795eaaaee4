// The drawing of a page: shown, or one of two notes in its place; what may pass is tried once more.

const RETRY_MS = 4000;

/** Watches the drawing in `viewer`; its `show` loads another, at once and without a note. */
export function watchDrawing(viewer) {
  const sheet = viewer.querySelector(".sheet"), image = sheet.querySelector("img");
  let tries = 0, later;

  function tell(note) {
    sheet.hidden = Boolean(note);
    for (const one of ["not-drawn", "not-come"]) viewer.querySelector(`[data-${one}]`).hidden = one !== note;
    const text = viewer.querySelector(".leaf-fold");
    if (note && text) text.open = true;
  }

  function load(address) {
    clearTimeout(later);
    image.removeAttribute("srcset");
    image.src = address;
  }

  // A page that can't be drawn has no drawing; anything else may pass.
  async function tellFailure() {
    const wanted = image.currentSrc || image.src;
    const answer = await fetch(wanted, { method: "GET" }).catch(() => null);
    if (image.complete && image.naturalWidth) return;
    tell(answer?.status === 404 ? "not-drawn" : "not-come");
    if (answer?.status === 404 || tries++) return;
    const waits = Number(answer?.headers.get("retry-after")) * 1000;
    later = setTimeout(() => load(wanted), answer?.ok ? 0 : Math.min(Math.max(waits || RETRY_MS, RETRY_MS), 4 * RETRY_MS));
  }

  image.addEventListener("error", tellFailure);
  image.addEventListener("load", () => tell(null));
  if (image.complete && !image.naturalWidth) tellFailure();
  return {
    show(address) {
      tries = 0;
      tell(null);
      load(address);
    },
  };
}
