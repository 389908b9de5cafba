import { uptime } from 'node:os';

/** The uptime is told in whole seconds on some systems, so two readings may differ from the truth by this much. */
const UPTIME_PRECISION_MS = 1000;

/** Readings of a machine. Their zeros may differ, and so may whether they go on while it is suspended. */
export interface Stopwatches {
  /** Milliseconds, precise; stands still while the machine is suspended. */
  readonly precise: () => number;
  /** Seconds since the machine was started, suspension included. */
  readonly uptime: () => number;
}

/** Milliseconds since this call, suspension included. Neither reading follows the time of day, so setting it changes nothing. */
export function startElapsedTime({ precise, uptime }: Stopwatches): () => number {
  const [preciseStart, uptimeStart] = [precise(), uptime()];
  return () => {
    const sinceBoot = (uptime() - uptimeStart) * 1000 - UPTIME_PRECISION_MS;
    return Math.max(precise() - preciseStart, sinceBoot);
  };
}

export const elapsedTime = startElapsedTime({ precise: () => performance.now(), uptime });
