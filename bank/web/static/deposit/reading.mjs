// How far the reading of the files is.

const LOOK = 1200;

/** What a look at the state asks for: `refresh` the page, move the `bar`. */
export function stepOf(state, version, busy) {
  if (state.version !== version && !busy) return "refresh";
  return state.job && ["waiting", "running"].includes(state.job.state) ? "bar" : "refresh";
}

/** Moves the bar to where the job is. */
export function moveBar(progress, job) {
  if (!progress || !job.total) return;
  progress.max = job.total;
  progress.value = job.done;
}

/** Looks again and again while files are being read; then `done()`. */
export async function watchReading(page, done) {
  if (!page.document.querySelector("[data-reading]")) return done();
  try {
    const answer = await fetch(page.here + "/state.json");
    if (answer.ok) {
      const state = await answer.json();
      if (stepOf(state, page.version, page.saver.busy) === "refresh") await page.refresh();
      else moveBar(page.document.getElementById("progress"), state.job);
    }
  } catch { /* the next look tells */ }
  setTimeout(() => watchReading(page, done), LOOK);
}
