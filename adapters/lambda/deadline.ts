import { DeadlineExceededError } from '../../core/errors';

/** What a run needs to end in: a date under promotion, and the report. */
export const DEADLINE_MARGIN_SECONDS = 60;
/** Of a limit so short that the margin would take most of it. */
export const DEADLINE_MARGIN_SHARE = 0.25;

/** When an invocation must have come to its end, with room before the function is ended from outside. */
export interface Deadline {
  /** Aborted, with a DeadlineExceededError, when the time is over. */
  readonly signal: AbortSignal;
  /** From the start to the deadline. */
  readonly seconds: number;
  /** Gives the timer back. */
  readonly end: () => void;
}

/** In real time, whatever the clock: it bounds a real process. @param remainingMs until the function's limit */
export function startDeadline(remainingMs: number): Deadline {
  const seconds = secondsToDeadline(remainingMs);
  // A timer would let begin what must not: the first request leaves before it fires.
  if (seconds === 0) return { signal: AbortSignal.abort(exceeded(0)), seconds, end: () => {} };
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(exceeded(seconds)), seconds * 1000);
  return { signal: controller.signal, seconds, end: () => clearTimeout(timer) };
}

export function secondsToDeadline(remainingMs: number): number {
  const remaining = Math.max(0, remainingMs / 1000);
  return remaining - Math.min(DEADLINE_MARGIN_SECONDS, remaining * DEADLINE_MARGIN_SHARE);
}

function exceeded(seconds: number): DeadlineExceededError {
  const rounded = Math.round(seconds);
  return new DeadlineExceededError(
    `The function's time was running out after ${rounded} s, so the run stopped before this date. Run it again, for fewer days or locations, or give the function more time.`,
    { context: { deadline_seconds: rounded } },
  );
}
