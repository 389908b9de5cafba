import type { QuotaPatience } from '../../core/ports/weather-source';

/** What is waited for no longer than the retry time, however often it comes. */
type Timed = 'outage' | 'minute' | 'concurrency';

/** What came in a row. */
export interface Streak {
  /** From 1. */
  readonly count: number;
  /** When the first of them was sent. Elapsed milliseconds of the clock. */
  readonly since: number;
}

/**
 * Counts what a request meets on its way: failures and refusals in a row. A refusal in good order ends an outage, and the wait
 * for an hour or a day begins all else anew.
 */
export class SteadyRefusals {
  private readonly streaks = new Map<Timed, Streak>();
  private readonly longWindows = { hour: 0, day: 0 };

  /** @param sentAt when the try was sent that met it */
  timed(kind: Timed, sentAt: number): Streak {
    const { count, since } = this.streaks.get(kind) ?? { count: 0, since: sentAt };
    const streak = { count: count + 1, since };
    this.streaks.set(kind, streak);
    if (kind !== 'outage') this.streaks.delete('outage');
    return streak;
  }

  /** How often the window was refused, this time included. */
  refused(window: Exclude<QuotaPatience, 'minute'>): number {
    this.streaks.clear();
    this.longWindows[window] += 1;
    return this.longWindows[window];
  }
}
