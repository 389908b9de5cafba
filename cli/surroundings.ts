import type { Readable, Writable } from 'node:stream';
import { SYSTEM_CLOCK } from '../adapters/system/system-clock';
import type { Clock } from '../core/ports/clock';

/** A stream for people or machines. */
export type Terminal = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What the command finds around it. */
export interface Surroundings {
  readonly stdin: Readable;
  /** Results, and nothing else. */
  readonly stdout: Terminal;
  /** Logs, progress and errors. */
  readonly stderr: Terminal;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
}

export const PROCESS_SURROUNDINGS: Surroundings = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  clock: SYSTEM_CLOCK,
};
