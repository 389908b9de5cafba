import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock';
import { elapsedTime } from './elapsed-time';

/** A timer of Node stands still while the machine is suspended, so a long sleep looks at the time now and then. */
const LONGEST_PAUSE_MS = 30_000;

/** The machine's clock. A sleep is measured by what elapsed, whatever the time of day is set to meanwhile. */
export const SYSTEM_CLOCK: Clock = { now: () => Date.now(), elapsed: elapsedTime, sleep };

async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  const end = elapsedTime() + milliseconds;
  try {
    for (let left = milliseconds; left > 0; left = end - elapsedTime()) {
      await pause(Math.min(left, LONGEST_PAUSE_MS), undefined, signal === undefined ? {} : { signal });
    }
  } finally {
    // Node rejects with an AbortError of its own; the port promises the signal's reason.
    signal?.throwIfAborted();
  }
}
