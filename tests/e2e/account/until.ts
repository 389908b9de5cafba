import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 600_000;
const PAUSE_MS = 50;

/** Waits until it holds. @param what does not come, in the error's words. @throws Error when it does not in time */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`In ${PATIENCE_MS / 1000} s there was no ${what}.`);
    await pause(PAUSE_MS);
  }
}
