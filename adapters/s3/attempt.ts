import { setTimeout as pause } from 'node:timers/promises';
import type { Precondition } from '../../core/ports/object-store';
import {
  isConflict,
  isDenied,
  isMissing,
  isUnmet,
  preconditionFailed,
  type S3Call,
  storageError,
  wasTriedBefore,
} from './s3-failure';

/** All attempts of one call. Shorter than a lease's margin, so that no write lands when the lease has passed on. */
export const CALL_TIMEOUT_MS = 25_000;
/** Tries of a write that met another one on its way. */
const MAX_CONFLICTS = 4;
const CONFLICT_PAUSE_MS = 50;

export function deadline(): AbortSignal {
  return AbortSignal.timeout(CALL_TIMEOUT_MS);
}

/** @throws StorageError for whatever S3 or the way to it refused */
export async function attempt<T>(call: S3Call, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  try {
    return await work(deadline());
  } catch (error) {
    throw storageError(call, error);
  }
}

export interface Reading<T> {
  readonly send: (signal: AbortSignal) => Promise<T>;
  /** Whether a listing shows the key. */
  readonly isListed: () => Promise<boolean>;
}

/** @returns `undefined` when no object is there */
export async function attemptRead<T>(call: S3Call, { send, isListed }: Reading<T>): Promise<T | undefined> {
  try {
    return await send(deadline());
  } catch (error) {
    if (isMissing(error) || (isDenied(error) && !(await isListed()))) return undefined;
    throw storageError(call, error);
  }
}

export interface Writing<T> {
  readonly condition: Precondition | undefined;
  readonly send: (signal: AbortSignal) => Promise<T>;
  /** What the call would have returned, if the object is now as it would have left it. */
  readonly findDone: () => Promise<T | undefined>;
  readonly isListed: () => Promise<boolean>;
}

/**
 * A condition fails for its own writer too, when S3's answer to the first attempt was lost and the second finds the first
 * one's work. So a refused write that was tried before looks at what is there.
 *
 * @throws PreconditionFailedError when the condition does not hold
 */
export async function attemptWrite<T>(call: S3Call, writing: Writing<T>): Promise<T> {
  // What a write meets on its way may be its own first attempt: of any try that was refused, not only of the last.
  let mayBeDone = false;
  try {
    return await sendPastConflicts(writing.send, (refused) => {
      mayBeDone ||= wasTriedBefore(refused);
    });
  } catch (error) {
    if (writing.condition === undefined || !(await isRefused(error, writing)))
      throw storageError(call, error);
    const done = mayBeDone ? await writing.findDone() : undefined;
    if (done === undefined) throw preconditionFailed(call, error);
    return done;
  }
}

async function sendPastConflicts<T>(
  send: Writing<T>['send'],
  onRefusal: (error: unknown) => void,
): Promise<T> {
  const signal = deadline();
  for (let conflicts = 1; ; conflicts += 1) {
    try {
      return await send(signal);
    } catch (error) {
      onRefusal(error);
      if (!isConflict(error) || conflicts === MAX_CONFLICTS) throw error;
      await pause(CONFLICT_PAUSE_MS * conflicts);
    }
  }
}

/** A version that is asked for where there is no object is answered by 404, or by 403 as every missing key may be. */
async function isRefused(error: unknown, { condition, isListed }: Writing<unknown>): Promise<boolean> {
  if (isUnmet(error) || isConflict(error)) return true;
  const asksForVersion = condition !== undefined && 'etag' in condition;
  return asksForVersion && (isMissing(error) || (isDenied(error) && !(await isListed())));
}
