const MEMBER_SUFFIX = /_member\d+$/;

/** The variable to ask for so that the answer holds a column of this name: member and model suffixes are the server's. */
export function requestedVariable(source: string, models: readonly string[]): string {
  const model = models.find((name) => source.endsWith(`_${name}`));
  const withoutModel = model === undefined ? source : source.slice(0, -model.length - 1);
  return withoutModel.replace(MEMBER_SUFFIX, '');
}
