import type { SourceSettings } from '../pipeline/pipeline';

/** Weights such as 26.1 are sums of binary fractions. */
const ROUNDING = 1e-6;

/**
 * Seconds from the first request to the last, when each is sent as soon as every window of the quota has room for it,
 * in order, answers taking no time. Windows begin with the first request; one that follows counts as new its margin
 * after its boundary. `null` when a request is heavier than a window allows.
 */
export function shortestSeconds(
  weights: Iterable<number>,
  { limits, windows }: Pick<SourceSettings, 'limits' | 'windows'>,
): number | null {
  const margin = windows.margin_seconds;
  const kinds = [
    new Window(limits.minute, windows.minute_seconds, margin),
    new Window(limits.hour, windows.hour_seconds, margin),
    new Window(limits.day, windows.day_seconds, margin),
  ];
  let now = 0;
  for (const weight of weights) {
    if (kinds.some((window) => weight > window.limit + ROUNDING)) return null;
    for (let wait = now; ; now = wait) {
      for (const window of kinds) wait = Math.max(wait, window.roomFrom(weight, now));
      if (wait === now) break;
    }
    for (const window of kinds) window.used += weight;
  }
  return now;
}

/** One kind of window, at the present one. */
class Window {
  used = 0;
  /** When the next one counts as new. */
  private end: number;

  constructor(
    readonly limit: number,
    private readonly seconds: number,
    margin: number,
  ) {
    this.end = seconds + margin;
  }

  /** The earliest instant, from `now` on, that may have room. */
  roomFrom(weight: number, now: number): number {
    if (now >= this.end) {
      this.end += (Math.floor((now - this.end) / this.seconds) + 1) * this.seconds;
      this.used = 0;
    }
    return this.used + weight <= this.limit + ROUNDING ? now : this.end;
  }
}
