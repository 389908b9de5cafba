import type { QuotaPatience } from '../../core/ports/weather-source';
import { QuotaWindow, type QuotaWindowState, type Reservation, type WindowClosure } from './quota-window';
import type { QuotaLimits, QuotaWindowLengths } from './settings';

/** From the shortest to the longest. */
export const QUOTA_WINDOWS = ['minute', 'hour', 'day'] as const satisfies readonly QuotaPatience[];

export interface QuotaRules {
  readonly limits: QuotaLimits;
  readonly windows: QuotaWindowLengths;
  readonly marginSeconds: number;
}

/** All that a ledger knows, for another process to go on with. */
export type QuotaState = Readonly<Record<QuotaPatience, QuotaWindowState>>;

/** When a weight may be sent; without a window it may be sent at once. */
export interface Opening {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The longest window that is in the way. */
  readonly window?: QuotaPatience;
  /** Own use (`pace`), or what the source said. */
  readonly reason: 'pace' | WindowClosure;
}

/** Why a weight may not be sent now. */
export type Delay = Required<Opening>;

/** What follows from the source's word that a window is used up. */
export interface Closing {
  /** The instant from which the window counts as new. Milliseconds since the epoch. */
  readonly until: number;
  readonly closure: WindowClosure;
  /** Weight that the ledger had counted. */
  readonly used: number;
  readonly limit: number;
}

/** A window that a weight alone overfills. */
export function windowTooSmallFor(
  weight: number,
  limits: QuotaLimits,
): { window: QuotaPatience; limit: number } | undefined {
  const window = QUOTA_WINDOWS.find((name) => weight > limits[name]);
  return window === undefined ? undefined : { window, limit: limits[window] };
}

/**
 * What is used of the source's quota. It admits a weight only where the sum stays within every limit, so it never
 * causes a refusal, whenever the source clears its windows within the margin. Time is passed in, in milliseconds since the epoch.
 */
export class QuotaLedger {
  private readonly windows: Readonly<Record<QuotaPatience, QuotaWindow>>;

  constructor(
    private readonly rules: QuotaRules,
    state?: QuotaState,
  ) {
    const { limits, windows, marginSeconds } = rules;
    const windowOf = (name: QuotaPatience) => {
      const rule = {
        limit: limits[name],
        lengthMs: windows[`${name}Seconds`] * 1000,
        marginMs: marginSeconds * 1000,
      };
      return new QuotaWindow(rule, state?.[name]);
    };
    this.windows = { minute: windowOf('minute'), hour: windowOf('hour'), day: windowOf('day') };
  }

  state(now: number): QuotaState {
    const { minute, hour, day } = this.windows;
    return { minute: minute.state(now), hour: hour.state(now), day: day.state(now) };
  }

  /** Reserves where every window has room, and says what is in the way where one has not. */
  admit(reservation: Reservation, now: number): Delay | undefined {
    const { at, window, reason } = this.delayUntil(reservation.weight, now);
    if (window !== undefined) return { at, window, reason };
    this.reserve(reservation, now);
    return undefined;
  }

  /** The earliest instant at which every window has room for the weight; never, for one that a window is too small for. */
  delayUntil(weight: number, now: number): Opening {
    const tooSmall = windowTooSmallFor(weight, this.rules.limits);
    if (tooSmall !== undefined)
      return { at: Number.POSITIVE_INFINITY, window: tooSmall.window, reason: 'pace' };
    for (const name of QUOTA_WINDOWS) this.windows[name].advance(now);
    let opening: Opening = { at: now, reason: 'pace' };
    for (
      let next = this.obstacle(weight, opening);
      next !== undefined;
      next = this.obstacle(weight, opening)
    ) {
      opening = next;
    }
    return opening;
  }

  /** Counts a request from its sending on. */
  reserve(reservation: Reservation, now: number): void {
    for (const name of QUOTA_WINDOWS) this.windows[name].reserve(reservation, now);
  }

  isUnderWay(id: string): boolean {
    return QUOTA_WINDOWS.some((name) => this.windows[name].isUnderWay(id));
  }

  /** Ends a request. @param cost the weight that the source has counted for it */
  settle(reservation: Reservation, cost: number, now: number): void {
    for (const name of QUOTA_WINDOWS) this.windows[name].settle(reservation, cost, now);
  }

  /** Takes the source's word that a window is used up. */
  close(window: QuotaPatience, now: number): Closing {
    const { limit } = this.windows[window];
    const used = this.windows[window].usedAt(now);
    const closure = used < limit ? 'shared_quota' : 'quota';
    return { until: this.windows[window].close(closure, now), closure, used, limit };
  }

  /** @param endOf when a window opens, from when it was said to */
  measureClosures(endOf: (window: QuotaPatience, until: number) => number): void {
    for (const name of QUOTA_WINDOWS) this.windows[name].measureClosure((until) => endOf(name, until));
  }

  /** Weight counted in a window at an instant. */
  used(window: QuotaPatience, now: number): number {
    return this.windows[window].usedAt(now);
  }

  private obstacle(weight: number, { at, window: former }: Opening): Opening | undefined {
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
