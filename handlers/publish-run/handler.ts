import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { startDeadline } from '../../adapters/lambda/deadline';
import type { FunctionLogger } from '../../adapters/powertools/function-logger';
import { publishCounts } from '../../adapters/powertools/publish-counts';
import { checkedInput } from '../../core/checked-input';
import { finishRun, type RunEnd } from '../../core/orchestration/finish-run';
import type { OpenRun, PlannedRuns } from '../../core/orchestration/planned-runs';
import { publishPlannedDate } from '../../core/orchestration/publish-planned-date';
import { daySchema } from '../../core/orchestration/run-items';
import type { Clock } from '../../core/ports/clock';
import type { ObjectStore } from '../../core/ports/object-store';
import { runCounts } from '../../core/runs/run-counts';
import type { Day } from '../../core/time/day';
import type { FinishResult, PublishResult } from './contract';

const eventSchema = z
  .strictObject({ run_id: z.string(), date: daySchema.optional(), finish: z.literal(true).optional() })
  .refine(({ date, finish }) => (date === undefined) !== (finish === undefined), {
    message: 'must name a date, or say finish: true',
  });

/** What the function works with, for as long as its process lives. */
export interface PublishFunction {
  /** Name of the environment. */
  readonly environment: string;
  readonly runs: PlannedRuns;
  readonly processed: ObjectStore;
  readonly clock: Clock;
  readonly logger: FunctionLogger;
  readonly codeVersion: string;
}

/**
 * Publishes one date of a run, or tells how the run ended.
 *
 * @throws of a date what kept it from being published, such as LeaseHeldError; of a run in which dates failed RunFailedError;
 *   ConfigError when the event is not of the run; StorageError
 */
export async function publishWeatherRun(
  event: unknown,
  context: Context,
  parts: PublishFunction,
): Promise<PublishResult> {
  const { runs, logger, environment } = parts;
  logger.begin(context);
  const asked = checkedInput(eventSchema, event, 'The event cannot be used:');
  const run = await runs.read(asked.run_id);
  logger.bind({ environment, pipeline: run.pipeline.name, run_id: asked.run_id });
  if (asked.date === undefined) return finish(run, parts);
  await publishOne(run, asked.date, { parts, context });
  return {};
}

async function publishOne(
  run: OpenRun,
  day: Day,
  { parts, context }: { readonly parts: PublishFunction; readonly context: Context },
): Promise<void> {
  const { processed, clock, logger, codeVersion } = parts;
  const deadline = startDeadline(context.getRemainingTimeInMillis());
  try {
    // That another function is gone is never certain: its leases run out.
    const holders = { self: context.awsRequestId, isGone: () => false };
    const { signal } = deadline;
    await publishPlannedDate({ run, processed, clock, holders, logger, codeVersion, signal }, day);
  } finally {
    deadline.end();
  }
}

async function finish(run: OpenRun, parts: PublishFunction): Promise<FinishResult> {
  const { processed, logger, environment } = parts;
  const end = await finishRun({ run, processed, logger });
  const { sent, failed } = end.requests;
  const counts = runCounts({ dates: end.dates, sent, failed });
  logger.info('Run ended', { counts, requests: end.requests });
  publishCounts({ ...counts }, { environment, pipeline: run.pipeline.name });
  if (end.failure !== undefined) throw end.failure;
  return resultOf(run, end);
}

function resultOf({ plan, pipeline }: OpenRun, { dates, requests }: RunEnd): FinishResult {
  const count = (...outcomes: string[]) => dates.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    pipeline: pipeline.name,
    run_id: plan.run_id,
    dates: {
      published: count('published'),
      partial: dates.filter(({ outcome, partial }) => outcome === 'published' && partial).length,
      unchanged: count('unchanged', 'superseded', 'kept'),
      skipped: count('skipped'),
    },
    requests: {
      planned: requests.planned,
      answered: requests.sent + requests.reused,
      failed: requests.failed,
    },
  };
}
