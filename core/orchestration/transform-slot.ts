import { ConfigError, DamagedObjectError } from '../errors';
import { gravest } from '../gravity';
import { readManifestOrDamage } from '../manifest/manifest-store';
import { mapConcurrently } from '../map-concurrently';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import type { TableEncoder } from '../ports/table-encoder';
import { type DayInRun, type SlotAnswer, type StagingContext, stageAnswer } from '../runs/stage-run';
import type { OpenRun } from './planned-runs';
import { answerOf, readRequestEnd } from './request-end';
import type { SlotItem } from './run-items';
import { chunkOf, type PlannedDays } from './run-plan';

const READS_AT_ONCE = 8;

export interface SlotTransforming {
  readonly run: OpenRun;
  readonly processed: ObjectStore;
  readonly encoder: TableEncoder;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
}

/**
 * Stages every day that the run publishes of one section and chunk, from the answer of the run's request or, where there is
 * none, from the archive.
 *
 * @throws the gravest of what kept days from being staged; ConfigError for a slot that is not the run's; StorageError
 */
export async function transformSlot(parts: SlotTransforming, item: SlotItem): Promise<void> {
  const { run, processed, encoder, logger, signal } = parts;
  const { pipeline, plan, archive } = run;
  const { section } = item;
  const chunk = chunkOf(pipeline, item.chunk);
  const planned = plan.runs.find(({ from, to }) => from === item.from && to === item.to);
  if (chunk === undefined || planned === undefined) throw noSuchSlot(item);
  const answer = await slotAnswer(parts, item);
  const days = await daysOf(parts, planned);
  const context: StagingContext = {
    parts: { pipeline, processed, encoder, logger },
    options: { runId: plan.run_id, ...(signal === undefined ? {} : { signal }) },
    archive,
    unstaged: new Map(),
  };
  await stageAnswer(context, { chunk, section, days }, answer);
  const failure = gravest([...context.unstaged.values()]);
  if (failure !== undefined) throw failure;
}

async function slotAnswer({ run, processed }: SlotTransforming, { n }: SlotItem): Promise<SlotAnswer> {
  if (n === null) return undefined;
  const place = { pipeline: run.pipeline.name, runId: run.plan.run_id };
  return answerOf(await readRequestEnd(processed, place, n), run);
}

function daysOf({ run, processed }: SlotTransforming, { dates, source }: PlannedDays): Promise<DayInRun[]> {
  return mapConcurrently(dates, READS_AT_ONCE, async ({ date: day, published }) => {
    const found = published ? await readManifestOrDamage(processed, run.pipeline.name, day) : undefined;
    // A damaged manifest stops its own date: publishing reads it again and fails there.
    const manifest = found instanceof DamagedObjectError ? undefined : found;
    return { day, source, manifest };
  });
}

function noSuchSlot({ section, chunk, from, to }: SlotItem): ConfigError {
  return new ConfigError('The event is not of this run:', [
    {
      path: '',
      message: 'the run plans no such slot',
      received: `${section}, chunk ${chunk}, ${from} to ${to}`,
    },
  ]);
}
