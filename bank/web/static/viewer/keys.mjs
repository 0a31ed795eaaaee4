// The keys of a drawn page: whether they are wanted, and which presses are meant for them.

const KEYS_OFF = "viewer-keys-off";

/** The choice of having keys, kept in `storage`; where nothing may be kept, it holds for this page. */
export function keyChoice(storage) {
  let off = false;
  try {
    off = Boolean(storage().getItem(KEYS_OFF));
  } catch { /* storage is forbidden */ }
  return {
    get on() { return !off; },
    choose(on) {
      off = !on;
      try {
        if (off) storage().setItem(KEYS_OFF, "1");
        else storage().removeItem(KEYS_OFF);
      } catch { /* storage is forbidden */ }
    },
  };
}

/** Whether a press is meant for the page: no other key held, nobody writes, no arrow that scrolls the sheet. */
export function isMeant(event, sheet) {
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  const { target } = event;
  const writes = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && target.type !== "checkbox";
  const scrolls = event.key.startsWith("Arrow") && target === sheet && sheet.scrollWidth > sheet.clientWidth;
  return !(target.isContentEditable || writes || scrolls);
}
