import { ConfigError } from '../core/errors';
import { stagedKey } from '../core/keys/processed-keys';
import { type ConditionalWrites, tryConditionalWrites } from '../core/publish/try-conditional-writes';
import type { LakeStores } from './lake-stores';

const TRIED_OBJECT = 'conditional-writes.txt';

export interface LakeToTry {
  readonly stores: Pick<LakeStores, 'processed' | 'ownEndpoint'>;
  readonly lake: string;
  readonly pipeline: string;
  readonly runId: string;
}

/**
 * Leases and the account of the quota rest on conditional writes. S3 keeps their conditions; a server at an endpoint of one's
 * own is tried before the first write of a run. What it may leave lies among the run's staging.
 *
 * @throws ConfigError when the server keeps no conditions
 */
export async function assertConditionalWrites({ stores, lake, pipeline, runId }: LakeToTry): Promise<void> {
  const { processed, ownEndpoint } = stores;
  if (ownEndpoint === undefined) return;
  const found = await tryConditionalWrites(processed, stagedKey(pipeline, runId, TRIED_OBJECT));
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
