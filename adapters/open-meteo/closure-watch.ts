import type { Clock } from '../../core/ports/clock';
import type { QuotaPatience } from '../../core/ports/weather-source';

/** A clock is corrected by less all the time; only what is more was set. */
const CORRECTION_MS = 1000;

interface Closure {
  readonly until: number;
  /** Elapsed milliseconds of the clock at which it is over. */
  readonly over: number;
}

/** Measures how long windows stay closed by what elapses, so that setting the time of day lengthens no wait. */
export class ClosureWatch {
  private readonly closures = new Map<QuotaPatience, Closure>();

  constructor(private readonly clock: Pick<Clock, 'now' | 'elapsed'>) {}

  /** When a closure is over, by the clock as it is set now. @param until as it was told, milliseconds since the epoch */
  endOf(window: QuotaPatience, until: number): number {
    const [now, elapsed] = [this.clock.now(), this.clock.elapsed()];
    const known = this.closures.get(window);
    if (known?.until !== until) {
      this.closures.set(window, { until, over: elapsed + until - now });
      return until;
    }
    const measured = now + known.over - elapsed;
    return Math.abs(measured - until) < CORRECTION_MS ? until : measured;
  }
}
