import { ALL_QUOTA_PREFIX, leasePrefix, manifestPrefix, stagingPrefix } from '../../core/keys/processed-keys';
import { rawPrefix } from '../../core/keys/raw-keys';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { ANY_PARTITION, type PipelineGrants, readPipeline, tableObjects } from './pipeline-grants';

/** Sees what is published and half published, and writes the plan of a run. */
export function allowPlanning(grants: PipelineGrants): void {
  const { target, pipeline, processed } = grants;
  readPipeline(grants);
  const published = [manifests(pipeline), leases(pipeline)];
  target.grantRead(processed, published);
  target.grantList(processed, published);
  target.grantWrite(processed, [staging(pipeline)]);
}

/** Keeps answers, notes how requests ended, and keeps account of the quota, which pipelines share. */
export function allowFetching({ target, pipeline, raw, processed }: PipelineGrants): void {
  const answers = [`${rawPrefix(pipeline.name)}*`];
  target.grantRead(raw, answers);
  target.grantWrite(raw, answers);
  target.grantList(raw, answers);
  const notes = [staging(pipeline), `${ALL_QUOTA_PREFIX}*`];
  target.grantRead(processed, notes);
  target.grantWrite(processed, notes);
  target.grantList(processed, notes);
}

/** Reads answers, and stages tables. */
export function allowTransforming({ target, pipeline, raw, processed }: PipelineGrants): void {
  const answers = [`${rawPrefix(pipeline.name)}*`];
  target.grantRead(raw, answers);
  target.grantList(raw, answers);
  const known = [staging(pipeline), manifests(pipeline)];
  target.grantRead(processed, known);
  target.grantWrite(processed, [staging(pipeline)]);
  target.grantList(processed, known);
}

/** Publishes what was staged, and removes it. Of answers it sees nothing. */
export function allowPublishing({ target, pipeline, processed }: PipelineGrants): void {
  const objects = [tableObjects(pipeline), staging(pipeline)];
  const kept = [leases(pipeline), manifests(pipeline)];
  target.grantRead(processed, [...objects, ...kept]);
  target.grantWrite(processed, [...objects, ...kept]);
  target.grantDelete(processed, objects);
  target.grantList(processed, [ANY_PARTITION, staging(pipeline), ...kept]);
}

const staging = ({ name }: Pipeline) => `${stagingPrefix(name)}*`;
const leases = ({ name }: Pipeline) => `${leasePrefix(name)}*`;
const manifests = ({ name }: Pipeline) => `${manifestPrefix(name)}*`;
