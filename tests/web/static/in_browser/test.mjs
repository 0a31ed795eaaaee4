// Stands in for node's own runner where there is none: tests run one after another, in the order of their files.

const queue = [];

export const test = (name, act) => queue.push({ name, act });

/** Runs everything: the name of each test with what is wrong, null for nothing. */
export async function report() {
  const told = [];
  for (const { name, act } of queue) {
    try {
      await act();
      told.push([name, null]);
    } catch (error) {
      told.push([name, String(error.stack || error)]);
    }
  }
  return told;
}
