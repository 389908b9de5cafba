import { join } from 'node:path';
import { FilesystemObjectStore } from '../adapters/filesystem/filesystem-object-store';
import { currentHolder, holderIsGone, holderIsGoneSinceBoot } from '../adapters/filesystem/process-holder';
import type { Holders } from '../core/ports/holders';
import type { ObjectStore } from '../core/ports/object-store';
import { type LakeAddress, parseLakeAddress } from './lake-address';
import type { Surroundings } from './surroundings';

/** The two buckets of a lake, and who may hold its leases. */
export interface LakeStores {
  readonly raw: ObjectStore;
  readonly processed: ObjectStore;
  readonly holders: Holders;
  /** Who may stage objects of runs: one that is taken for gone by mistake fails, and publishes nothing wrong. */
  readonly stagers: Holders;
  /** Whether other machines write to it too, and so share the source's quota with this process. */
  readonly isShared: boolean;
  /** Address of the server that takes the place of S3. */
  readonly ownEndpoint: string | undefined;
}

/** @throws ConfigError when the text names no lake */
export async function lakeStores(lake: string, { env }: Pick<Surroundings, 'env'>): Promise<LakeStores> {
  const address = parseLakeAddress(lake);
  return address.kind === 'folder' ? folderStores(address.folder) : bucketStores(address, env);
}

function folderStores(folder: string): LakeStores {
  const holders = { self: currentHolder(), isGone: holderIsGone };
  return {
    raw: new FilesystemObjectStore(join(folder, 'raw')),
    processed: new FilesystemObjectStore(processedFolder(folder)),
    holders,
    stagers: holders,
    isShared: false,
    ownEndpoint: undefined,
  };
}

async function bucketStores(
  { raw, processed }: Extract<LakeAddress, { kind: 's3' }>,
  env: Surroundings['env'],
): Promise<LakeStores> {
  // Loaded here alone: the client takes longer than most commands do.
  const [{ openBuckets }, { findOwnEndpoint }] = await Promise.all([
    import('../adapters/s3/open-buckets'),
    import('../adapters/s3/own-endpoint'),
  ]);
  const ownEndpoint = await findOwnEndpoint();
  const open = openBuckets(env, ownEndpoint === undefined ? {} : { endpoint: ownEndpoint });
  return {
    raw: open(raw),
    processed: open(processed),
    // That a run on another machine is gone is never certain: its leases run out.
    holders: { self: currentHolder(), isGone: () => false },
    stagers: { self: currentHolder(), isGone: holderIsGoneSinceBoot },
    isShared: true,
    ownEndpoint,
  };
}

/** Where the file of a processed key lies. */
export function processedFolder(folder: string): string {
  return join(folder, 'processed');
}
