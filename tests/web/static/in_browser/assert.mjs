// Stands in for node's strict assertions where there is no node: those that the tests use.

const isPlain = (one) => typeof one === "object" && one !== null;

function same(one, two) {
  if (!isPlain(one) || !isPlain(two)) return Object.is(one, two);
  const names = Object.keys(one);
  if (Array.isArray(one) !== Array.isArray(two) || names.length !== Object.keys(two).length) return false;
  return names.every((name) => Object.hasOwn(two, name) && same(one[name], two[name]));
}

function expect(kept, sentence) {
  if (!kept) throw new Error(sentence);
}

export default {
  ok: (found) => expect(found, `${found} is not true`),
  equal: (found, wanted) => expect(Object.is(found, wanted), `${found} is not ${wanted}`),
  deepEqual: (found, wanted) => expect(same(found, wanted), `${JSON.stringify(found)} is not ${JSON.stringify(wanted)}`),
  match: (text, pattern) => expect(pattern.test(text), `${text} does not match ${pattern}`),
};
