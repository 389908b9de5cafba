import type { ConfigProblem } from '../errors';

/** Names that stand twice, in whatever case: query engines fold it. `undefined` stands for a name that is not known. */
export function findDuplicates(
  names: readonly (string | undefined)[],
  pathOf: (index: number) => string,
): ConfigProblem[] {
  const first = new Map<string, number>();
  return names.flatMap((name, index) => {
    if (name === undefined) return [];
    const folded = name.toLowerCase();
    const earlier = first.get(folded);
    if (earlier === undefined) {
      first.set(folded, index);
      return [];
    }
    const message = `already used by ${pathOf(earlier)}; choose another`;
    return [{ path: pathOf(index), message, received: JSON.stringify(name) }];
  });
}
