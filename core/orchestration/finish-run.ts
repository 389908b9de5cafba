import { DamagedObjectError, IngestError, StorageError } from '../errors';
import { failureRecord, recordedError } from '../failure-record';
import { readManifestOrDamage } from '../manifest/manifest-store';
import { publishedSummary } from '../manifest/published-summary';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import { deleteStaging } from '../publish/publish-date';
import { type DateEnd, dateEnd } from '../runs/date-end';
import { type FailedRun, runFailure } from '../runs/run-failure';
import type { Day } from '../time/day';
import type { OpenRun } from './planned-runs';
import { readDateEnds } from './publish-planned-date';
import { readRequestEnds } from './request-end';
import { runFolder } from './run-keys';
import { plannedDates } from './run-plan';

export interface RunFinishing {
  readonly run: OpenRun;
  readonly processed: ObjectStore;
  readonly logger: Logger;
}

/** How a run ended, compared with what was planned. */
export interface RunEnd {
  readonly dates: readonly DateEnd[];
  readonly requests: {
    readonly planned: number;
    /** By the source. */
    readonly sent: number;
    /** By what was kept before. */
    readonly reused: number;
    /** Given up, or never heard of again. */
    readonly failed: number;
  };
  /** Why the run has failed: dates of it did. */
  readonly failure: RunFailedError | undefined;
}

/** An orchestrated run in which dates failed. No retry of this step helps: a redrive does. */
export class RunFailedError extends IngestError {
  override readonly name = 'RunFailedError';
  override readonly retryable = false;
}

/**
 * Looks at how every request and date of a run ended, and removes what was staged. What the run knows of itself stays, so
 * that a second look sees the same. @throws StorageError
 */
export async function finishRun(parts: RunFinishing): Promise<RunEnd> {
  const { run, processed } = parts;
  const { plan, pipeline } = run;
  const name = { pipeline: pipeline.name, runId: plan.run_id };
  const dates = await plannedEnds(parts);
  const ends = await readRequestEnds(processed, name);
  const answered = ends.filter((end) => end.outcome === 'answered');
  const reused = answered.filter((end) => end.reused).length;
  const requests = {
    planned: plan.requests,
    sent: answered.length - reused,
    reused,
    failed: plan.requests - answered.length,
  };
  await removeStaging(parts);
  return { dates, requests, failure: failureOf(plan.run_id, dates, requests.failed) };
}

async function plannedEnds({ run, processed }: RunFinishing): Promise<DateEnd[]> {
  const { plan, pipeline } = run;
  const told = await readDateEnds(processed, { pipeline: pipeline.name, runId: plan.run_id });
  const byDate = new Map(told.map((end) => [end.date, end]));
  const ends: DateEnd[] = plan.skipped.map((day) => dateEnd({ day, outcome: 'skipped' }));
  for (const { date } of plannedDates(plan))
    ends.push(byDate.get(date) ?? (await untoldEnd({ run, processed }, date)));
  return ends.sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Whoever published the date may have ended before it could tell; then its manifest does. */
async function untoldEnd(
  { run: { plan, pipeline }, processed }: Pick<RunFinishing, 'run' | 'processed'>,
  day: Day,
): Promise<DateEnd> {
  const manifest = await readManifestOrDamage(processed, pipeline.name, day);
  if (manifest instanceof DamagedObjectError) return dateEnd({ day, outcome: 'failed', error: manifest });
  if (manifest?.run_id === plan.run_id)
    return dateEnd({ day, outcome: 'published', published: publishedSummary(manifest) });
  const message = 'Nobody told how the date ended: its function died, or what it needs was not staged.';
  const error = new StorageError(message, { context: { batch_date: day } });
  return dateEnd({ day, outcome: 'failed', error });
}

function failureOf(
  runId: string,
  ends: readonly DateEnd[],
  failedRequests: number,
): RunFailedError | undefined {
  const dates = ends.map(({ date, outcome, failure }): FailedRun['dates'][number] => {
    const day = date as Day;
    if (outcome !== 'failed') return { day, outcome };
    return { day, outcome, error: recordedError(failure ?? failureRecord(undefined)) };
  });
  const cause = runFailure({ runId, dates, failures: { length: failedRequests } });
  return cause && new RunFailedError(cause.message, { cause, context: cause.context });
}

/** What cannot be removed is swept with what old runs left. */
async function removeStaging({ run: { plan, pipeline }, processed, logger }: RunFinishing): Promise<void> {
  const kept = runFolder({ pipeline: pipeline.name, runId: plan.run_id });
  try {
    await deleteStaging(processed, pipeline.name, plan.run_id, (key) => !key.startsWith(kept));
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    logger.warn('Staging could not be removed', { reason: error.message, ...error.context });
  }
}
