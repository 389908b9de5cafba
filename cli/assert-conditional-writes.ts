import { ConfigError } from '../core/errors';
import { stagingOwnerKey } from '../core/keys/processed-keys';
import { type ConditionalWrites, tryConditionalWrites } from '../core/publish/try-conditional-writes';
import { stagingOwner } from '../core/staging/staging-owner';
import type { LakeStores } from './lake-stores';

export interface LakeToTry {
  readonly stores: Pick<LakeStores, 'processed' | 'ownEndpoint' | 'holders'>;
  readonly lake: string;
  readonly pipeline: string;
  readonly runId: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Leases and the account of the quota rest on conditional writes. S3 keeps their conditions; a server at an endpoint of one's
 * own is tried before the first write of a run, with the document of who stages the run: where it stays, the next run sweeps it.
 *
 * @throws ConfigError when the server keeps no conditions
 */
export async function assertConditionalWrites(tried: LakeToTry): Promise<void> {
  const { stores, lake, pipeline, runId, now } = tried;
  const { processed, ownEndpoint, holders } = stores;
  if (ownEndpoint === undefined) return;
  const owner = stagingOwner({ holder: holders.self, since: now });
  const found = await tryConditionalWrites(processed, stagingOwnerKey(pipeline, runId), owner);
  if (found !== 'kept') throw refusal(found, { lake, host: new URL(ownEndpoint).host });
}

function refusal(
  found: Exclude<ConditionalWrites, 'kept'>,
  { lake, host }: { readonly lake: string; readonly host: string },
): ConfigError {
  const does = found === 'ignored' ? 'ignores the conditions of writes' : 'takes no writes with conditions';
  const message = `the server at ${host} ${does} (If-None-Match, If-Match), so that two runs could publish one date at once and mix their versions; use a server that keeps them, or a lake in a folder`;
  return new ConfigError('The lake cannot be used:', [{ path: '--lake', message, received: lake }]);
}
