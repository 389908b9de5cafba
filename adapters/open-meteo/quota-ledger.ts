import type { QuotaPatience } from '../../core/ports/weather-source';
import { QuotaWindow, type Reservation, type WindowClosure } from './quota-window';
import type { QuotaLimits, QuotaWindowLengths } from './settings';

/** From the shortest to the longest. */
export const QUOTA_WINDOWS = ['minute', 'hour', 'day'] as const satisfies readonly QuotaPatience[];

export interface QuotaRules {
  readonly limits: QuotaLimits;
  readonly windows: QuotaWindowLengths;
  readonly marginSeconds: number;
}

/** When a weight may be sent; without a window it may be sent at once. */
export interface Admission {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The longest window that is in the way. */
  readonly window?: QuotaPatience;
  /** Own use (`pace`), or what the source said. */
  readonly reason: 'pace' | WindowClosure;
}

/**
 * What this process has used of the source's quota. It admits a weight only where the sum stays within every limit, so it never
 * causes a refusal, whenever the source clears its windows within the margin. Time is passed in, in milliseconds since the epoch.
 */
export class QuotaLedger {
  private readonly windows: Readonly<Record<QuotaPatience, QuotaWindow>>;

  constructor({ limits, windows, marginSeconds }: QuotaRules) {
    const windowOf = (limit: number, seconds: number) =>
      new QuotaWindow({ limit, lengthMs: seconds * 1000, marginMs: marginSeconds * 1000 });
    this.windows = {
      minute: windowOf(limits.minute, windows.minuteSeconds),
      hour: windowOf(limits.hour, windows.hourSeconds),
      day: windowOf(limits.day, windows.daySeconds),
    };
  }

  /** A window that the weight alone overfills. */
  windowTooSmallFor(weight: number): { window: QuotaPatience; limit: number } | undefined {
    const window = QUOTA_WINDOWS.find((name) => weight > this.windows[name].limit);
    return window === undefined ? undefined : { window, limit: this.windows[window].limit };
  }

  /** The earliest instant at which every window has room for the weight; never, for one that a window is too small for. */
  delayUntil(weight: number, now: number): Admission {
    const tooSmall = this.windowTooSmallFor(weight);
    if (tooSmall !== undefined)
      return { at: Number.POSITIVE_INFINITY, window: tooSmall.window, reason: 'pace' };
    for (const name of QUOTA_WINDOWS) this.windows[name].advance(now);
    let admission: Admission = { at: now, reason: 'pace' };
    for (
      let next = this.obstacle(weight, admission);
      next !== undefined;
      next = this.obstacle(weight, admission)
    ) {
      admission = next;
    }
    return admission;
  }

  /** Counts a request from its sending on. */
  reserve(weight: number, now: number): Reservation {
    const reservation = { weight };
    for (const name of QUOTA_WINDOWS) this.windows[name].reserve(reservation, now);
    return reservation;
  }

  /** Ends a request. @param cost the weight that the source has counted for it */
  settle(reservation: Reservation, cost: number, now: number): void {
    for (const name of QUOTA_WINDOWS) this.windows[name].settle(reservation, cost, now);
  }

  /** Takes the source's word that a window is used up. Returns the instant from which it counts as new. */
  close(
    window: QuotaPatience,
    now: number,
  ): { until: number; closure: WindowClosure; used: number; limit: number } {
    const { limit } = this.windows[window];
    const used = this.windows[window].usedAt(now);
    const closure = used < limit ? 'shared_quota' : 'quota';
    return { until: this.windows[window].close(closure, now), closure, used, limit };
  }

  /** Weight counted in a window at an instant. */
  used(window: QuotaPatience, now: number): number {
    return this.windows[window].usedAt(now);
  }

  private obstacle(weight: number, { at, window: former }: Admission): Admission | undefined {
    for (const window of [...QUOTA_WINDOWS].reverse()) {
      const found = this.windows[window].obstacle(weight, at);
      if (found === undefined) continue;
      return { at: found.until, window: longer(former, window), reason: found.closure ?? 'pace' };
    }
    return undefined;
  }
}

function longer(one: QuotaPatience | undefined, other: QuotaPatience): QuotaPatience {
  return one !== undefined && QUOTA_WINDOWS.indexOf(one) > QUOTA_WINDOWS.indexOf(other) ? one : other;
}
