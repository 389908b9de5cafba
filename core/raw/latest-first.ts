import { isAhead } from '../time/ahead';
import type { RawBody } from './raw-body';

/**
 * Bodies by the time of their fetch. One that says it was fetched in the future is the last to be trusted.
 *
 * @param now milliseconds since the epoch
 */
export function latestFirst(bodies: readonly RawBody[], now: number): RawBody[] {
  const age = ({ fetchedAt }: RawBody) => (isAhead(fetchedAt, now) ? '' : fetchedAt);
  return bodies.toSorted((a, b) => (age(a) === age(b) ? 0 : age(a) < age(b) ? 1 : -1));
}
