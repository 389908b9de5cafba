import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock';

/** Node fires a longer timer at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's wall clock. A sleep ends when this clock has moved on so far, a suspended machine's time included. */
export const SYSTEM_CLOCK: Clock = { now: () => Date.now(), sleep };

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const end = Date.now() + milliseconds;
  try {
    for (let left = milliseconds; left > 0; left = end - Date.now()) {
      await pause(Math.min(left, LONGEST_TIMER_MS), undefined, signal === undefined ? {} : { signal });
    }
  } finally {
    // Node rejects with an AbortError of its own; the port promises the signal's reason.
    signal?.throwIfAborted();
  }
}
