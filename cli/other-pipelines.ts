import { ConfigError } from '../core/errors';
import type { Pipeline } from '../core/pipeline/pipeline';
import { PipelineObject, pipelineKey } from '../core/pipeline/pipeline-object';
import { heldPipelines } from '../core/status/held-pipelines';
import { type LakeStatus, lakeStatus } from '../core/status/lake-status';
import type { Failure } from './failures';
import type { LakeStores } from './lake-stores';

export interface OthersQuestion {
  readonly stores: Pick<LakeStores, 'raw' | 'processed'>;
  /** The pipeline that is asked for by default. */
  readonly pipeline: Pipeline;
  /** Reference instant, milliseconds since the epoch. */
  readonly now: number;
}

export interface OtherPipelines {
  /** In the order of the pipelines' names. */
  readonly statuses: readonly LakeStatus[];
  /** Deployed documents that cannot be used: of their pipelines the lake alone is known. */
  readonly failures: readonly Failure[];
}

/** The status of each pipeline that the lake holds beside the default one. */
export async function otherPipelines({ stores, pipeline, now }: OthersQuestion): Promise<OtherPipelines> {
  const { raw, processed } = stores;
  const statuses: LakeStatus[] = [];
  const failures: Failure[] = [];
  for (const name of await heldPipelines(processed)) {
    if (name === pipeline.name) continue;
    const deployed = await deployedPipeline(raw, name);
    if (deployed instanceof ConfigError) failures.push({ what: name, error: deployed });
    const known = deployed === undefined || deployed instanceof ConfigError ? { name } : deployed;
    statuses.push(await lakeStatus({ pipeline: known, raw, processed, now }));
  }
  return { statuses, failures };
}

/** A deployed lake keeps the pipeline's document among its raw objects; `undefined` in one that does not. */
async function deployedPipeline(
  raw: LakeStores['raw'],
  name: string,
): Promise<Pipeline | ConfigError | undefined> {
  const key = pipelineKey(name);
  if ((await raw.head(key)) === undefined) return undefined;
  try {
    return await new PipelineObject(raw, key).read();
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}
