import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { FunctionLogger } from '../../adapters/powertools/function-logger';
import { publishCounts } from '../../adapters/powertools/publish-counts';
import { checkedInput } from '../../core/checked-input';
import type { PipelineObject } from '../../core/pipeline/pipeline-object';
import { scheduledTimeSchema } from '../../core/planning/scheduled-time';
import type { ObjectStore } from '../../core/ports/object-store';
import { dueDay, overdueDays } from '../../core/status/freshness';
import type { FreshnessResult } from './contract';

const eventSchema = z.strictObject({ scheduled_time: scheduledTimeSchema });

/** What the function works with, for as long as its process lives. */
export interface FreshnessFunction {
  /** Name of the environment. */
  readonly environment: string;
  readonly pipeline: PipelineObject;
  readonly processed: ObjectStore;
  /** 0 to 23, UTC. */
  readonly deadlineHour: number;
  readonly logger: FunctionLogger;
}

/**
 * Counts the days that had to be published by the last deadline and are not; a damaged manifest publishes nothing. That there
 * are some is no error: the alarm on the metric tells.
 *
 * @throws ConfigError when event or pipeline are wrong, StorageError when the lake cannot be read
 */
export async function watchFreshness(
  event: unknown,
  context: Context,
  { environment, pipeline: object, processed, deadlineHour, logger }: FreshnessFunction,
): Promise<FreshnessResult> {
  logger.begin(context);
  const { scheduled_time: now } = checkedInput(eventSchema, event, 'The event cannot be used:');
  const pipeline = await object.read();
  const dimensions = { environment, pipeline: pipeline.name };
  logger.bind(dimensions);
  const due = dueDay(pipeline, now, deadlineHour);
  const { days: overdue, damaged } = await overdueDays(processed, pipeline.name, due);
  for (const { name, message, context: facts } of damaged)
    logger.error('A manifest is damaged, so its day is overdue', { error: name, reason: message, ...facts });
  const found = { due, days_overdue: overdue.length, first_missing_date: overdue.at(-1) ?? null };
  if (overdue.length > 0) logger.warn('Days are overdue', found);
  else logger.info('Everything due is published', found);
  publishCounts({ DaysOverdue: overdue.length }, dimensions);
  return { pipeline: pipeline.name, ...found };
}
