import type { Clock } from '../ports/clock';

export const LEASE_SECONDS = 60;
const LEASE_MS = LEASE_SECONDS * 1000;
/** Clocks that are kept right differ by less. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Watches the lease that another run holds, from one try to take it to the next. */
export class LeaseWatch {
  private seen: { readonly etag: string; readonly until: number } | undefined;
  private watchUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly clock: Pick<Clock, 'now' | 'elapsed'>) {}

  /**
   * Whether this version of the lease is over. Measured by what elapsed since it was first seen, so that setting the time of
   * day makes no lease that is renewed look over, and none that is not look held for ever.
   *
   * @param expiresAt milliseconds since the epoch, by the clock of the holder
   */
  isOver(etag: string, expiresAt: number): boolean {
    const elapsed = this.clock.elapsed();
    if (this.seen?.etag !== etag) this.seen = { etag, until: elapsed + this.leftMs(expiresAt) };
    return elapsed >= this.seen.until;
  }

  /**
   * Whether only watching on can tell if the lease is over: its expiry is so far ahead that a clock was wrong when it was
   * written, or is wrong here. False once it was watched for as long as a lease lasts.
   */
  get mustWatchOn(): boolean {
    return this.clock.elapsed() < this.watchUntil;
  }

  /** A version that differs from the one seen before was written since: all of it is left. */
  private leftMs(expiresAt: number): number {
    if (this.seen !== undefined) return LEASE_MS;
    const told = expiresAt - this.clock.now();
    if (told > LEASE_MS + CLOCK_TOLERANCE_MS) this.watchUntil = this.clock.elapsed() + LEASE_MS;
    return Math.min(LEASE_MS, told);
  }
}
