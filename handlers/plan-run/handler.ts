import type { Context } from 'aws-lambda';
import type { FunctionLogger } from '../../adapters/powertools/function-logger';
import { planRun } from '../../core/orchestration/plan-run';
import type { PipelineObject } from '../../core/pipeline/pipeline-object';
import type { ObjectStore } from '../../core/ports/object-store';
import { readEvent } from './asked-plan';
import type { PlanResult } from './contract';

/** What the function works with, for as long as its process lives. */
export interface PlanFunction {
  /** Name of the environment. */
  readonly environment: string;
  readonly pipeline: PipelineObject;
  readonly processed: ObjectStore;
  readonly processedBucket: string;
  /** Whether the source is the real one. */
  readonly isLive: boolean;
  readonly logger: FunctionLogger;
}

/**
 * Plans a run and writes the plan.
 *
 * @throws ConfigError when event or pipeline are wrong, StorageError
 */
export async function planWeatherRun(
  event: unknown,
  context: Context,
  { environment, pipeline: object, processed, processedBucket, isLive, logger }: PlanFunction,
): Promise<PlanResult> {
  logger.begin(context);
  const start = readEvent(event);
  const deployed = await object.readDeployed();
  const { name } = deployed.pipeline;
  logger.bind({ environment, pipeline: name, execution: start.execution });
  const written = await planRun({ deployed, processed, live: isLive }, start);
  const { plan, keys, slots, dates, groups, requestsAtOnce } = written;
  const { run_id, requests, weight, skipped } = plan;
  const kind = start.asked.kind;
  logger.info('Run planned', { run_id, kind, requests, slots, dates, weight, skipped: skipped.length });
  return {
    pipeline: name,
    run_id,
    bucket: processedBucket,
    requests_key: keys.requests,
    slots_key: keys.slots,
    dates_key: keys.dates,
    requests,
    slots,
    dates,
    weight,
    message_groups: groups,
    requests_at_once: requestsAtOnce,
  };
}
