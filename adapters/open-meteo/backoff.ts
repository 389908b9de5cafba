import type { BackoffBounds } from './settings';

/**
 * Milliseconds before the next try: anywhere between the base and a ceiling that doubles with every try.
 *
 * @param failures tries that have failed so far, from 1
 */
export function backoffMs(
  failures: number,
  { baseSeconds, maxSeconds }: BackoffBounds,
  random: () => number,
): number {
  const ceiling = Math.max(baseSeconds, Math.min(maxSeconds, baseSeconds * 2 ** failures));
  return (baseSeconds + random() * (ceiling - baseSeconds)) * 1000;
}
