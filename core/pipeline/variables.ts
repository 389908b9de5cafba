/** The number of an ensemble's member at the end of a column. */
export const MEMBER_SUFFIX = /_member(\d+)$/;

/** The variable to ask for so that the answer holds a column of this name: member and model suffixes are the server's. */
export function requestedVariable(source: string, models: readonly string[]): string {
  const suffix = models
    .map((model) => `_${model}`)
    .filter((ending) => source.endsWith(ending))
    .reduce((longest, ending) => (ending.length > longest.length ? ending : longest), '');
  return source.slice(0, source.length - suffix.length).replace(MEMBER_SUFFIX, '');
}
