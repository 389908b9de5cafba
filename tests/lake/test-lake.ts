import { join } from 'node:path';
import { FilesystemObjectStore } from '../../adapters/filesystem/filesystem-object-store';
import { currentHolder, holderIsGone } from '../../adapters/filesystem/process-holder';
import { OpenMeteoSource } from '../../adapters/open-meteo/open-meteo-source';
import { openParquetEncoder } from '../../adapters/parquet/parquet-encoder';
import { SYSTEM_CLOCK } from '../../adapters/system/system-clock';
import { dayOfDocument } from '../../core/keys/processed-keys';
import type { Pipeline } from '../../core/pipeline/pipeline';
import type { Clock } from '../../core/ports/clock';
import { type Logger, SILENT_LOGGER } from '../../core/ports/logger';
import type { ObjectStore } from '../../core/ports/object-store';
import { readLease } from '../../core/publish/lease';
import type { RunOptions, RunParts } from '../../core/runs/run-parts';

/** Noon of a day on which every location of the small pipeline has ended 2026-11-18. */
export const NOW = Date.UTC(2026, 10, 19, 12);

export interface LakeSetup {
  readonly pipeline: Pipeline;
  readonly folder: string;
  readonly sourceUrl: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

/** The very parts that the command puts together, over a lake on disk and a source at an address. */
export async function lakeParts({
  pipeline,
  folder,
  sourceUrl,
  logger = SILENT_LOGGER,
  clock = SYSTEM_CLOCK,
}: LakeSetup): Promise<RunParts> {
  return {
    pipeline,
    raw: new FilesystemObjectStore(join(folder, 'raw')),
    processed: new FilesystemObjectStore(join(folder, 'processed')),
    source: new OpenMeteoSource({ plan: 'free', sourceUrl, timeoutSeconds: 60 }, { clock, logger }),
    encoder: await openParquetEncoder(),
    clock,
    holders: { self: currentHolder(), isGone: holderIsGone },
    logger,
    codeVersion: 'test',
  };
}

export function runOptions(runId: string, extra: Partial<RunOptions> = {}): RunOptions {
  return {
    runId,
    now: NOW,
    force: false,
    patience: 'minute',
    retryForSeconds: 0,
    leaseWaitSeconds: 60,
    ...extra,
  };
}

const every = () => true;

/** Keys and bytes under a prefix, in order. */
export async function objectsUnder(
  store: ObjectStore,
  prefix: string,
  isWanted: (key: string) => boolean = every,
): Promise<Map<string, Buffer>> {
  const objects = new Map<string, Buffer>();
  for await (const { key } of store.list(prefix)) {
    if (isWanted(key)) objects.set(key, Buffer.from((await store.get(key))!.body));
  }
  return objects;
}

/** What a reader by prefix may meet: table and quarantine objects, by key. */
export async function visibleObjects(
  store: ObjectStore,
  isWanted: (key: string) => boolean = every,
): Promise<Map<string, Buffer>> {
  return objectsUnder(store, '', (key) => /^(_quarantine|[a-z])/.test(key) && isWanted(key));
}

/** Keys of the leases that have not ended: of runs that work, and of marks. */
export async function openLeases(store: ObjectStore): Promise<string[]> {
  const keys = [...(await objectsUnder(store, '_leases/')).keys()];
  const leases = keys.map((key) => readLease(store, key.split('/')[1]!, dayOfDocument(key)!));
  const found = await Promise.all(leases);
  return keys.filter((_, index) => found[index] !== undefined);
}
