import type { Pipeline } from '../core/pipeline/pipeline';
import { PipelineObject, pipelineKey } from '../core/pipeline/pipeline-object';
import { heldPipelines } from '../core/status/held-pipelines';
import { type LakeStatus, lakeStatus, type NamedPipeline } from '../core/status/lake-status';
import type { LakeStores } from './lake-stores';

export interface OthersQuestion {
  readonly stores: Pick<LakeStores, 'raw' | 'processed'>;
  /** The pipeline that is asked for by default. */
  readonly pipeline: Pipeline;
  /** Reference instant, milliseconds since the epoch. */
  readonly now: number;
}

/** The status of each pipeline that the lake holds beside the default one, in the order of their names. */
export async function otherPipelines({ stores, pipeline, now }: OthersQuestion): Promise<LakeStatus[]> {
  const { raw, processed } = stores;
  const others: LakeStatus[] = [];
  for (const name of await heldPipelines(processed)) {
    if (name === pipeline.name) continue;
    others.push(await lakeStatus({ pipeline: await deployedOrNamed(raw, name), raw, processed, now }));
  }
  return others;
}

/** A deployed lake keeps the pipeline's document among its raw objects; a lake on disk knows the name alone. */
async function deployedOrNamed(raw: LakeStores['raw'], name: string): Promise<Pipeline | NamedPipeline> {
  const key = pipelineKey(name);
  return (await raw.head(key)) === undefined ? { name } : new PipelineObject(raw, key).read();
}
