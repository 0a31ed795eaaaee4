// The same field was written in twice: it waits, and a person says which text stays.
import { controlsOf } from "./controls.mjs";
import { bothPanel } from "./panels.mjs";

/** What is said while a choice is open: one's own other window is nobody else. */
export function conflictSaid(page) {
  const all = [...page.document.querySelectorAll(".both")];
  return all.every((one) => one.dataset.own === "") ? page.says.conflictown : page.says.conflict;
}

/** Shows in a field what was saved there meanwhile: `other` is {text, who, time, ago, own}. Once is enough. */
export function contest(page, field, other) {
  const box = page.boxOf(field);
  if (!box || box.querySelector(".both")) return;
  page.touched.hold(field);
  const panel = bothPanel(box.ownerDocument, page.says, other, {
    mine: () => {
      panel.remove();
      page.touch(field);
      (controlsOf(box)[0] || page.status).focus();
      page.saver.soon(0);
    },
    theirs: async () => {
      panel.remove();
      page.touched.drop(field);
      page.stale.add(field);
      page.keepCopy();
      await page.refresh();
      const fresh = page.boxOf(field);
      if (fresh) (controlsOf(fresh)[0] || fresh).focus();
      page.saver.soon(0);
    },
  });
  box.append(panel);
}
