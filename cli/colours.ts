/** Values of FORCE_COLOR that switch colours off, as Node reads them. */
const FORCED_OFF: ReadonlySet<string> = new Set(['0', 'false']);

/**
 * Whether text for a stream may hold colours: by FORCE_COLOR (force-color.org) where it is set, else by NO_COLOR
 * (no-color.org), else on a terminal that is not a dumb one.
 */
export function hasColours(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { FORCE_COLOR: forced, NO_COLOR: refused, TERM: terminal } = env;
  if (forced !== undefined && forced !== '') return !FORCED_OFF.has(forced);
  if (refused !== undefined && refused !== '') return false;
  return stream.isTTY === true && terminal !== 'dumb';
}
