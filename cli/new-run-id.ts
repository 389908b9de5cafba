import { randomBytes } from 'node:crypto';
import { runIdOf } from '../core/staging/sweep-staging';

const SUFFIX_BYTES = 4;

/** @param start milliseconds since the epoch */
export function newRunId(start: number): string {
  return runIdOf(start, randomBytes(SUFFIX_BYTES).toString('hex'));
}
