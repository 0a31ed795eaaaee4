// What was written here and not saved comes back; where the bank has another value by now, a person says.
import { putBack, standOf } from "./controls.mjs";
import { sortedOut } from "./local_copy.mjs";
import { olderPanel } from "./panels.mjs";
import { unfold } from "./pieces.mjs";
import { fill } from "./sentences.mjs";
import { countIn } from "./texts.mjs";

/** The fields that are not saved, as they are kept on this device. */
export function keptOf(page, moment) {
  const boxes = page.touched.fields.map((field) => [field, page.boxOf(field)]).filter(([, box]) => box);
  return Object.fromEntries(boxes.map(([field, box]) => [field, { base: page.bases.of(box), kept: standOf(box), moment }]));
}

function put(page, field, kept) {
  const box = page.boxOf(field);
  if (!box) return;
  putBack(box, kept);
  unfold(box);
  countIn(box, page.says);
  page.touched.count(field);
}

/** Brings back what nobody changed since, and asks about the rest. */
export function restore(page) {
  const left = page.copy.read();
  if (!left) return;
  const now = (field) => {
    const box = page.boxOf(field);
    return box && { base: page.bases.of(box), kept: standOf(box) };
  };
  const { back, asked } = sortedOut(left, now);
  page.copy.unrestored = asked;
  for (const [field, one] of back) put(page, field, one.kept);
  page.keepCopy();
  if (back.length) {
    page.say(fill(page.says.restored, { time: page.clock(back[0][1].moment) }));
    page.saver.soon(0);
  }
  if (page.copy.asking) ask(page);
}

function ask(page) {
  const end = () => {
    page.copy.unrestored = {};
    panel.remove();
    page.keepCopy();
  };
  const take = () => {
    for (const [field, one] of Object.entries(page.copy.unrestored)) put(page, field, one.kept);
    end();
    page.saver.soon(0);
  };
  const drop = () => {
    end();
    if (!page.touched.any) page.say(fill(page.says.saved, { time: page.clock(new Date()) }));
  };
  const time = page.clock(Object.values(page.copy.unrestored)[0].moment);
  const panel = olderPanel(page.document, page.says, time, { take, drop });
  page.document.getElementById("asking").append(panel);
  page.say(page.says.choose);
}
