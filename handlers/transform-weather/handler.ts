import type { Context } from 'aws-lambda';
import { startDeadline } from '../../adapters/lambda/deadline';
import type { FunctionLogger } from '../../adapters/powertools/function-logger';
import { checkedInput } from '../../core/checked-input';
import type { PlannedRuns } from '../../core/orchestration/planned-runs';
import { slotItemSchema } from '../../core/orchestration/run-items';
import { transformSlot } from '../../core/orchestration/transform-slot';
import type { Clock } from '../../core/ports/clock';
import type { ObjectStore } from '../../core/ports/object-store';
import type { TableEncoder } from '../../core/ports/table-encoder';
import type { TransformResult } from './contract';

/** What the function works with, for as long as its process lives. */
export interface TransformFunction {
  /** Name of the environment. */
  readonly environment: string;
  readonly runs: PlannedRuns;
  readonly processed: ObjectStore;
  readonly openEncoder: () => Promise<TableEncoder>;
  readonly clock: Clock;
  readonly logger: FunctionLogger;
}

/**
 * Stages one section and chunk of every day that a run publishes.
 *
 * @throws ConfigError when the event is not of the run; StorageError, SourceContractError
 */
export async function transformWeather(
  event: unknown,
  context: Context,
  { environment, runs, processed, openEncoder, clock, logger }: TransformFunction,
): Promise<TransformResult> {
  const deadline = startDeadline(context.getRemainingTimeInMillis());
  const started = clock.elapsed();
  logger.begin(context);
  try {
    const item = checkedInput(slotItemSchema, event, 'The event cannot be used:');
    const [run, encoder] = await Promise.all([runs.read(item.run_id), openEncoder()]);
    const { run_id, section, chunk, from, to } = item;
    const facts = { run_id, section, chunk, from, to, stage: 'stage' };
    logger.bind({ environment, pipeline: run.pipeline.name, ...facts });
    const { signal } = deadline;
    await transformSlot({ run, processed, encoder, logger, signal }, item);
    logger.info('A slot was staged', { duration_ms: Math.round(clock.elapsed() - started) });
    return {};
  } finally {
    deadline.end();
  }
}
