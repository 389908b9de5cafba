import {
  ALL_QUOTA_PREFIX,
  leasePrefix,
  manifestPrefix,
  stagingPrefix,
  tablePartitionPrefix,
} from '../../core/keys/processed-keys';
import { rawPrefix } from '../../core/keys/raw-keys';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { pipelineKey } from '../../core/pipeline/pipeline-object';
import type { Day } from '../../core/time/day';
import type { BundledFunction } from '../../modules/bundled-function/bundled-function';
import type { PrivateBucket } from '../../modules/private-bucket/private-bucket';

/**
 * Where tables of any day lie, quarantine included: in a policy `*` stands for slashes as well. No table is named, since a
 * policy must not grow with the tables of a pipeline, and objects of a table that left the pipeline must go.
 */
const PARTITIONS = tablePartitionPrefix('*', '*' as Day);
/** What is listed of them. */
export const ANY_PARTITION = `${PARTITIONS}*`;

/** What a function may be allowed to do with the objects of one pipeline, and of no other. */
export interface PipelineGrants {
  readonly target: BundledFunction;
  readonly pipeline: Pipeline;
  readonly raw: PrivateBucket;
  readonly processed: PrivateBucket;
}

/** Keeps answers and publishes tables of the pipeline. Answers are never deleted. */
export function allowIngest(grants: PipelineGrants): void {
  const { target, pipeline, raw, processed } = grants;
  readPipeline(grants);
  const answers = [`${rawPrefix(pipeline.name)}*`];
  target.grantRead(raw, answers);
  target.grantWrite(raw, answers);
  target.grantList(raw, answers);

  const staging = `${stagingPrefix(pipeline.name)}*`;
  // A lease ends by a write. The quota is the source's, so that its account is the one thing that pipelines share.
  const kept = [leasePrefix, manifestPrefix].map((prefixOf) => `${prefixOf(pipeline.name)}*`);
  kept.push(`${ALL_QUOTA_PREFIX}*`);
  const objects = [tableObjects(pipeline), staging];
  target.grantRead(processed, [...objects, ...kept]);
  target.grantWrite(processed, [...objects, ...kept]);
  target.grantDelete(processed, objects);
  target.grantList(processed, [ANY_PARTITION, staging, ...kept]);
}

/** Sees which days are published, and nothing of what is in them. */
export function allowWatching(grants: PipelineGrants): void {
  readPipeline(grants);
  const manifests = [`${manifestPrefix(grants.pipeline.name)}*`];
  grants.target.grantRead(grants.processed, manifests);
  grants.target.grantList(grants.processed, manifests);
}

/** Listing its key tells a pipeline that is missing from one that may not be read. */
export function readPipeline({ target, pipeline, raw }: PipelineGrants): void {
  target.grantRead(raw, [pipelineKey(pipeline.name)]);
  target.grantList(raw, [pipelineKey(pipeline.name)]);
}

/** The pipeline's own objects of any table and day, by their whole name: those of other pipelines lie beside them. */
export function tableObjects({ name }: Pipeline): string {
  return `${PARTITIONS}${name}.*`;
}
