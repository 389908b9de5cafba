/** How far the clocks of two machines may differ. */
export const CLOCK_TOLERANCE_MINUTES = 5;

const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * Whether an instant lies so far ahead of now that the clock which told it was wrong: it says nothing about what is newer. So
 * does text that is no instant. @param instant ISO 8601 @param now milliseconds since the epoch
 */
export function isAhead(instant: string, now: number): boolean {
  return !(Date.parse(instant) <= now + CLOCK_TOLERANCE_MINUTES * MILLISECONDS_PER_MINUTE);
}
