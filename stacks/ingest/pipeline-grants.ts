import {
  ALL_QUOTA_PREFIX,
  leasePrefix,
  manifestPrefix,
  quarantinePartitionPrefix,
  stagingPrefix,
  tablePartitionPrefix,
} from '../../core/keys/processed-keys';
import { rawPrefix } from '../../core/keys/raw-keys';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { pipelineKey } from '../../core/pipeline/pipeline-object';
import { LOCATIONS_TABLE } from '../../core/tables/locations-table';
import type { Day } from '../../core/time/day';
import type { BundledFunction } from '../../modules/bundled-function/bundled-function';
import type { PrivateBucket } from '../../modules/private-bucket/private-bucket';

/** In a policy: whatever the day. */
const ANY_DAY = '*' as Day;

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

  const partitions = partitionsOf(pipeline);
  const staging = `${stagingPrefix(pipeline.name)}*`;
  // A lease ends by a write. The quota is the source's, so that its account is the one thing that pipelines share.
  const kept = [leasePrefix, manifestPrefix].map((prefixOf) => `${prefixOf(pipeline.name)}*`);
  kept.push(`${ALL_QUOTA_PREFIX}*`);
  const objects = [...partitions.map((partition) => `${partition}${pipeline.name}.*`), staging];
  target.grantRead(processed, [...objects, ...kept]);
  target.grantWrite(processed, [...objects, ...kept]);
  target.grantDelete(processed, objects);
  target.grantList(processed, [...partitions.map((partition) => `${partition}*`), staging, ...kept]);
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

/** Where objects of any day lie, quarantine included. Those of other pipelines lie there too. */
export function partitionsOf({ tables }: Pipeline): string[] {
  const names = [...tables.map(({ name }) => name), LOCATIONS_TABLE];
  return [tablePartitionPrefix, quarantinePartitionPrefix].flatMap((prefixOf) =>
    names.map((name) => prefixOf(name, ANY_DAY)),
  );
}
