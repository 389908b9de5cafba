import { IngestError, LeaseHeldError, StorageError } from '../errors';
import { publishedSummary, rowsPublished } from '../manifest/published-summary';
import { mapConcurrently } from '../map-concurrently';
import { LeaseWatch } from '../publish/lease-watch';
import { deleteStaging, type PublishRequest, publishDate } from '../publish/publish-date';
import { releaseStaging } from '../staging/staging-owner';
import type { Day } from '../time/day';
import type { DateResult, RunOptions, RunParts } from './run-parts';

const DATES_AT_ONCE = 4;
const LEASE_POLL_SECONDS = 2;

/** What publishing needs of a run's parts. */
export type PublishingParts = Pick<
  RunParts,
  'pipeline' | 'processed' | 'clock' | 'holders' | 'logger' | 'codeVersion'
>;
type PublishingOptions = Pick<RunOptions, 'runId' | 'force' | 'leaseWaitSeconds' | 'onEvent' | 'signal'>;

export interface RunToPublish {
  readonly days: readonly Day[];
  readonly replay: boolean;
  /** Days that could not be staged. */
  readonly unstaged: ReadonlyMap<Day, IngestError>;
}

/** Publishes each date of a run on its own, then removes the run's staging. */
export async function publishRun(
  parts: RunParts,
  options: RunOptions,
  run: RunToPublish,
): Promise<DateResult[]> {
  const results = await mapConcurrently(run.days, DATES_AT_ONCE, async (day) => {
    const error = run.unstaged.get(day);
    const result =
      error === undefined
        ? await publishOne(parts, options, { replay: run.replay, day })
        : unpublished(parts, day, error);
    options.onEvent?.({ type: 'date', result });
    return result;
  });
  await removeStaging(parts, options.runId);
  return results;
}

/** What cannot be removed is swept by a later run; it takes nothing back of what was published. */
async function removeStaging({ processed, pipeline, logger }: RunParts, runId: string): Promise<void> {
  try {
    await deleteStaging(processed, pipeline.name, runId);
    await releaseStaging(processed, pipeline.name, runId);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    logger.warn('Staging could not be removed', { reason: error.message, ...error.context });
  }
}

/** Publishes what was staged of one date. */
export async function publishOne(
  parts: PublishingParts,
  options: PublishingOptions,
  run: { readonly day: Day; readonly replay: boolean },
): Promise<DateResult> {
  const { day, replay } = run;
  const { runId, force } = options;
  const request: PublishRequest = {
    pipeline: parts.pipeline,
    day,
    runId,
    codeVersion: parts.codeVersion,
    force,
    replay,
  };
  try {
    // Before, never inside: a promotion that has begun is brought to its end.
    options.signal?.throwIfAborted();
    const { outcome, manifest } = await publishWhenFree(parts, options, request);
    const result = { day, outcome, published: publishedSummary(manifest) };
    logPublished(parts, result);
    return result;
  } catch (error) {
    if (!(error instanceof IngestError)) throw error;
    return unpublished(parts, day, error);
  }
}

/** Tells that a date failed, and gives its result. */
export function unpublished({ logger }: Pick<RunParts, 'logger'>, day: Day, error: IngestError): DateResult {
  logger.error('A date was not published', {
    batch_date: day,
    stage: 'publish',
    error: error.name,
    reason: error.message,
    ...error.context,
  });
  return { day, outcome: 'failed', error };
}

async function publishWhenFree(parts: PublishingParts, options: PublishingOptions, request: PublishRequest) {
  const { processed: store, clock, holders, logger } = parts;
  const deadline = clock.elapsed() + options.leaseWaitSeconds * 1000;
  const watch = new LeaseWatch(clock);
  for (;;) {
    try {
      return await publishDate({ store, clock, holders, watch }, request);
    } catch (error) {
      if (!(error instanceof LeaseHeldError)) throw error;
      if (clock.elapsed() >= deadline && !watch.mustWatchOn) throw error;
      logger.info('Waiting for another run that publishes the same date', {
        batch_date: request.day,
        ...error.context,
      });
      const { retry_at } = error.context;
      if (typeof retry_at === 'string')
        options.onEvent?.({
          type: 'wait',
          wait: { reason: 'lease', day: request.day, until: Date.parse(retry_at) },
        });
      await clock.sleep(LEASE_POLL_SECONDS * 1000, options.signal);
    }
  }
}

function logPublished(
  { logger, pipeline }: PublishingParts,
  { day, outcome, published }: Exclude<DateResult, { outcome: 'failed' | 'skipped' }>,
): void {
  logger.info('A date was handled', {
    pipeline: pipeline.name,
    batch_date: day,
    stage: 'publish',
    outcome,
    partial: published.partial,
    rows: rowsPublished(published),
    quarantined: published.quarantined,
  });
}
