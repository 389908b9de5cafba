import * as z from 'zod';
import { StorageError } from '../errors';
import { readDocument, writeDocument } from '../json-document';
import { leaseKey } from '../keys/processed-keys';
import type { ObjectStore } from '../ports/object-store';
import type { Day } from '../time/day';

/**
 * Bytes of an ended lease, and of no other: it names no run, and a mark is longer. A lifecycle rule of a bucket cannot read
 * the state of a lease, and a listing does not show it, but both go by the size.
 */
export const ENDED_LEASE_BYTES = 114;

export const leaseSchema = z.object({
  run_id: z.string(),
  /** Empty when its run has given the lease up. */
  holder: z.string(),
  /** `promoting`: published objects may be of two versions until a manifest is written. */
  state: z.enum(['held', 'promoting']),
  /** Tables whose objects a promotion may have left without a manifest that names them. */
  tables: z.array(z.string()).default([]),
  /** ISO 8601, UTC. */
  expires_at: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
});
export type LeaseDocument = z.output<typeof leaseSchema>;

/** The lease of a date. `undefined` when there is none or when it has ended. */
export async function readLease(
  store: ObjectStore,
  pipeline: string,
  day: Day,
): Promise<LeaseDocument | undefined> {
  const key = leaseKey(pipeline, day);
  const found = await store.get(key);
  const lease = found === undefined ? undefined : parseLease(found.body, key);
  return lease === undefined || hasEnded(lease) ? undefined : lease;
}

/** Never throws: what cannot be read has run out, and may have marked the date. */
export function parseLease(body: Uint8Array, key: string): LeaseDocument {
  try {
    return readDocument(body, leaseSchema, key);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return { run_id: '', holder: '', state: 'promoting', tables: [], expires_at: instantText(0) };
  }
}

export function writeLease(lease: LeaseDocument): Uint8Array {
  return writeDocument(lease);
}

/** A lease whose run has published the date, or changed nothing of it. Older versions read it as one that has run out. */
export function endedLease(now: number): LeaseDocument {
  return { run_id: '', holder: '', state: 'held', tables: [], expires_at: instantText(now) };
}

/** The mark of a run that has failed. Its date is free, and known as being republished. */
export function releasedMark(mark: LeaseDocument, now: number): LeaseDocument {
  return { ...mark, holder: '', expires_at: instantText(now) };
}

/** Whether the run has given the lease up, however the clock was set since. */
export function isGivenUp({ holder }: LeaseDocument): boolean {
  return holder === '';
}

function hasEnded(lease: LeaseDocument): boolean {
  return lease.state === 'held' && isGivenUp(lease);
}

/** @param instant milliseconds since the epoch */
export function instantText(instant: number): string {
  return new Date(instant).toISOString();
}
