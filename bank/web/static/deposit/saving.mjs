// One request at a time: what was written goes to the bank, and again where there was no answer.

export const PAUSE = 1200, RETRY = 5000, LONGEST = 30000;
const OUTCOMES = { 200: "saved", 401: "signedOut", 408: "noLine", 412: "overtaken", 422: "wrong", 429: "busy", 507: "full" };
const UNHEARD = ["noLine", "signedOut", "busy", "full"];
const WITH_JSON = ["saved", "overtaken", "wrong"];

/** What an answer's status means for what was written. */
export function outcomeOf(status) {
  if (OUTCOMES[status]) return OUTCOMES[status];
  return status < 500 ? "closed" : "busy";
}

/** Sends controls of the form as the form itself would; gives the outcome, and what is told with it. */
export async function send(address, pairs) {
  const answer = await fetch(address, {
    method: "PATCH",
    headers: { accept: "application/json" },
    body: new URLSearchParams(pairs),
    signal: AbortSignal.timeout(LONGEST),
  });
  const outcome = outcomeOf(answer.status);
  return { outcome, told: WITH_JSON.includes(outcome) ? await answer.json() : null };
}

export class Saver {
  #waiting = 0;
  #busy = false;
  #steps;
  /** Whether a request is on its way, unanswered. */
  inFlight = false;
  /** How many requests were answered. */
  answered = 0;
  /** The save that is being made, or the last one: false where the same is to be sent again. */
  last = Promise.resolve(true);

  /** `pending()` gives field -> turn; `send(fields)` an outcome; `follow(outcome, told, fields)` does what it asks. */
  constructor(steps) {
    this.#steps = steps;
  }

  /** Whether a save is being made, or what follows from its answer. */
  get busy() {
    return this.#busy;
  }

  /** Saves after a pause in milliseconds, counted anew at each call. */
  soon(pause) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.save(), pause);
  }

  /** Saves now; while a save is being made, soon after it. */
  save() {
    clearTimeout(this.#waiting);
    if (this.#busy) this.soon(PAUSE);
    else this.last = this.#sending(this.#steps.pending());
    return this.last;
  }

  async #sending(fields) {
    if (!fields.size) return true;
    this.#busy = this.inFlight = true;
    try {
      const { outcome, told } = await this.#steps.send(fields);
      this.inFlight = false;
      this.answered += 1;
      await this.#steps.follow(outcome, told, fields);
      return !UNHEARD.includes(outcome);
    } catch {
      await this.#steps.follow("noLine", null, fields);
      return false;
    } finally {
      this.#busy = this.inFlight = false;
    }
  }
}
