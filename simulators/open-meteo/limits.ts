/** Weight allowed per window, and what one request may hold. */
export interface QuotaLimits {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  readonly perRequest: number;
  readonly locations: number;
}

/** Window lengths in milliseconds; a window begins at a multiple of its length since the epoch. */
export interface QuotaWindows {
  readonly minuteMs: number;
  readonly hourMs: number;
  readonly dayMs: number;
}

/** Requests of one address that run and that wait; the next one is refused. */
export interface ConcurrencyLimits {
  readonly running: number;
  readonly waiting: number;
}

export const DEFAULT_LIMITS: QuotaLimits = {
  minute: 600,
  hour: 5000,
  day: 10_000,
  perRequest: 5000,
  locations: 1000,
};
export const NO_LIMITS: QuotaLimits = {
  minute: Infinity,
  hour: Infinity,
  day: Infinity,
  perRequest: Infinity,
  locations: Infinity,
};
export const DEFAULT_WINDOWS: QuotaWindows = { minuteMs: 60_000, hourMs: 3_600_000, dayMs: 86_400_000 };
export const DEFAULT_CONCURRENCY: ConcurrencyLimits = { running: 1, waiting: 4 };
export const NO_CONCURRENCY: ConcurrencyLimits = { running: Infinity, waiting: 0 };
