import type { Clock } from '../ports/clock';

export const LEASE_SECONDS = 60;
const LEASE_MS = LEASE_SECONDS * 1000;

/** Watches the lease that another run holds, from one try to take it to the next. */
export class LeaseWatch {
  private seen: { readonly etag: string; readonly until: number } | undefined;

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

  /** One that differs from the one seen before was written since: all of it is left. */
  private leftMs(expiresAt: number): number {
    return this.seen === undefined ? Math.min(LEASE_MS, expiresAt - this.clock.now()) : LEASE_MS;
  }
}
