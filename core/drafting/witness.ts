import { isExtreme } from '../pipeline/check-columns';

/**
 * The column that witnesses a daily maximum or minimum: the mean of the same variable, member and model, if it is
 * there, else null. `undefined` for a column that needs none.
 */
export function witnessOf(source: string, has: (source: string) => boolean): string | null | undefined {
  if (!isExtreme(source)) return undefined;
  const mean = meanOf(source);
  return has(mean) ? mean : null;
}

export function meanOf(extreme: string): string {
  return extreme.replace(/_(?:max|min)(?=_|$)/, '_mean');
}
