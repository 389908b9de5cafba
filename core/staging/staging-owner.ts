import * as z from 'zod';
import { StorageError } from '../errors';
import { readDocument, writeDocument } from '../json-document';
import { stagingOwnerKey } from '../keys/processed-keys';
import type { Pipeline } from '../pipeline/pipeline';
import type { Clock } from '../ports/clock';
import type { Holders } from '../ports/holders';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';

const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not an instant');

/** Who stages the objects of a run, so that another run can tell when they are left behind. */
const stagingOwnerSchema = z.object({
  holder: z.string(),
  /** When the run began to stage these days, ISO 8601, UTC. */
  since: instant,
  /** The instant at which its process is ended from outside, as a function is; null when nothing ends it. */
  ends_by: instant.nullable(),
});
export type StagingOwner = z.output<typeof stagingOwnerSchema>;

/** The document of an owner. @param since, endsBy milliseconds since the epoch */
export function stagingOwner(told: {
  readonly holder: string;
  readonly since: number;
  readonly endsBy?: number | undefined;
}): Uint8Array {
  const { holder, since, endsBy } = told;
  const owner: StagingOwner = {
    holder,
    since: new Date(since).toISOString(),
    ends_by: endsBy === undefined ? null : new Date(endsBy).toISOString(),
  };
  return writeDocument(owner);
}

export interface StagingClaim {
  readonly pipeline: Pick<Pipeline, 'name'>;
  readonly processed: ObjectStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly holders: Pick<Holders, 'self'>;
  readonly logger: Pick<Logger, 'warn'>;
}

export interface StagingRun {
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly endsBy?: number;
}

/** To be called before the first object of a run of days is staged. Without it the run is swept later, not sooner. */
export async function claimStaging(
  { pipeline, processed, clock, holders, logger }: StagingClaim,
  { runId, endsBy }: StagingRun,
): Promise<void> {
  const owner = stagingOwner({ holder: holders.self, since: clock.now(), endsBy });
  try {
    await processed.put(stagingOwnerKey(pipeline.name, runId), owner);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    logger.warn('Staging could not be claimed', { reason: error.message, ...error.context });
  }
}

/** To be called after the run's staged objects were deleted. */
export async function releaseStaging(store: ObjectStore, pipeline: string, runId: string): Promise<void> {
  await store.delete(stagingOwnerKey(pipeline, runId));
}

/** `undefined` when the document is gone or damaged: it then says nothing of the run. */
export async function readStagingOwner(store: ObjectStore, key: string): Promise<StagingOwner | undefined> {
  const found = await store.get(key);
  if (found === undefined) return undefined;
  try {
    return readDocument(found.body, stagingOwnerSchema, key);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return undefined;
  }
}
