/** What may differ: the version of the library, which it stamps on each stack, and that of the provider it pins. */
const STAMPS = [
  /^manifest\.json\/version$/,
  /^stacks\/[^/]+\/cdk\.tf\.json\/\/\/\/metadata\/version$/,
  /^stacks\/[^/]+\/cdk\.tf\.json\/terraform\/required_providers\/aws\/version$/,
];

/** Every value in which two JSON values differ, by path: those that may, and the others. */
export function differences(ours, theirs) {
  const all = differencesAt('', ours, theirs);
  const isExpected = ({ path }) => STAMPS.some((stamp) => stamp.test(path));
  return { expected: all.filter(isExpected), unexpected: all.filter((found) => !isExpected(found)) };
}

function differencesAt(path, ours, theirs) {
  if (isNode(ours) && isNode(theirs) && Array.isArray(ours) === Array.isArray(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    return keys.flatMap((key) => differencesAt(path === '' ? key : `${path}/${key}`, ours[key], theirs[key]));
  }
  return ours === theirs ? [] : [{ path, ours: textOf(ours), theirs: textOf(theirs) }];
}

function isNode(value) {
  return typeof value === 'object' && value !== null;
}

function textOf(value) {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
