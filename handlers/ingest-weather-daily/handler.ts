import { randomBytes } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { type Deadline, startDeadline } from '../../adapters/lambda/deadline';
import type { FunctionLogger } from '../../adapters/powertools/function-logger';
import { publishCounts } from '../../adapters/powertools/publish-counts';
import { StorageError } from '../../core/errors';
import type { Pipeline } from '../../core/pipeline/pipeline';
import type { PipelineObject } from '../../core/pipeline/pipeline-object';
import { daysToIngest } from '../../core/planning/asked-days';
import type { TableEncoder } from '../../core/ports/table-encoder';
import type { WeatherSource } from '../../core/ports/weather-source';
import { ingest } from '../../core/runs/ingest';
import { countsWithoutReport, type RunCounts, reportCounts } from '../../core/runs/run-counts';
import { runFailure } from '../../core/runs/run-failure';
import type { RunOptions, RunParts, RunReport } from '../../core/runs/run-parts';
import { runIdOf, sweepStaging } from '../../core/staging/sweep-staging';
import { type AskedIngest, readEvent } from './asked-ingest';
import type { IngestResult } from './contract';

const RUN_SUFFIX_BYTES = 4;
/** For clocks of other functions that run ahead of this one's. */
const END_MARGIN_MS = 300_000;

/** What the function works with, for as long as its process lives. */
export interface IngestFunction extends Pick<RunParts, 'raw' | 'processed' | 'clock' | 'codeVersion'> {
  /** Name of the environment. */
  readonly environment: string;
  readonly pipeline: PipelineObject;
  readonly sourceOf: (pipeline: Pipeline) => Promise<WeatherSource>;
  /** Whether that is the real one. */
  readonly isLive: boolean;
  readonly openEncoder: () => Promise<TableEncoder>;
  readonly logger: FunctionLogger;
}

/**
 * Ingests the days that an event asks for, each on its own.
 *
 * @throws ConfigError when event or pipeline are wrong; RunFailedError, with the name of the gravest failure, when days failed
 */
export async function ingestWeatherDaily(
  event: unknown,
  context: Context,
  parts: IngestFunction,
): Promise<IngestResult> {
  const remainingMs = context.getRemainingTimeInMillis();
  const deadline = startDeadline(remainingMs);
  parts.logger.begin(context);
  try {
    const asked = readEvent(event);
    const [pipeline, encoder] = await Promise.all([parts.pipeline.read(), parts.openEncoder()]);
    const endsBy = parts.clock.now() + remainingMs + END_MARGIN_MS;
    const run = { asked, pipeline, encoder, deadline, endsBy, holder: context.awsRequestId };
    const report = await runIngest(run, parts);
    const failure = runFailure(report);
    if (failure !== undefined) throw failure;
    return resultOf(report, pipeline);
  } finally {
    deadline.end();
  }
}

interface AskedRun {
  readonly asked: AskedIngest;
  readonly pipeline: Pipeline;
  readonly encoder: TableEncoder;
  readonly deadline: Deadline;
  /** When the function is ended from outside at the latest, milliseconds since the epoch. */
  readonly endsBy: number;
  /** Who holds the leases of the run. */
  readonly holder: string;
}

async function runIngest(run: AskedRun, parts: IngestFunction): Promise<RunReport> {
  const { asked, pipeline } = run;
  const { clock, logger, environment } = parts;
  const [now, started] = [clock.now(), clock.elapsed()];
  const toIngest = daysToIngest(asked.days, pipeline, now);
  const { days } = toIngest;
  const runId = runIdOf(now, randomBytes(RUN_SUFFIX_BYTES).toString('hex'));
  const dimensions = { environment, pipeline: pipeline.name };
  logger.bind({ ...dimensions, run_id: runId });
  logger.info('Run started', { from: days[0], to: days.at(-1), days: days.length, force: asked.force });
  let counts: RunCounts = countsWithoutReport(days.length);
  try {
    const options = runOptions(run, { runId, now: toIngest.now, isLive: parts.isLive });
    const ingestParts = await runParts(run, parts);
    const report = await ingest(ingestParts, options, days);
    counts = reportCounts(report);
    await sweepLeftBehind(ingestParts, run);
    return report;
  } finally {
    logger.info('Run ended', { counts, duration_ms: Math.round(clock.elapsed() - started) });
    publishCounts({ ...counts }, dimensions);
  }
}

/** After the run, which must not wait for it. What cannot be removed now is left to the next invocation. */
async function sweepLeftBehind(parts: RunParts, { deadline: { signal } }: AskedRun): Promise<void> {
  const { processed, pipeline, clock, holders, logger } = parts;
  try {
    const runs = await sweepStaging(processed, pipeline.name, { now: clock.now(), holders, signal });
    if (runs.length > 0) logger.info('Staging that old runs left behind was removed', { runs });
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    logger.warn('Staging could not be swept', { reason: error.message, ...error.context });
  }
}

async function runParts({ pipeline, encoder, holder }: AskedRun, parts: IngestFunction): Promise<RunParts> {
  const { raw, processed, clock, logger, codeVersion } = parts;
  return {
    pipeline,
    raw,
    processed,
    source: await parts.sourceOf(pipeline),
    encoder,
    clock,
    // That another function is gone is never certain: its leases run out.
    holders: { self: holder, isGone: () => false },
    logger,
    codeVersion,
  };
}

function runOptions(
  { asked, pipeline, deadline, endsBy }: AskedRun,
  own: Pick<RunOptions, 'runId' | 'now' | 'isLive'>,
): RunOptions {
  return {
    ...own,
    force: asked.force,
    patience: 'minute',
    retryForSeconds: Math.min(pipeline.source.retry_for_seconds, deadline.seconds),
    // Whoever invoked the function tries again, and a wait costs.
    leaseWaitSeconds: 0,
    endsBy,
    signal: deadline.signal,
  };
}

function resultOf({ runId, dates }: RunReport, pipeline: Pipeline): IngestResult {
  const handled = dates.flatMap((date) => ('published' in date ? [date] : []));
  return {
    pipeline: pipeline.name,
    run_id: runId,
    simulated: handled.some(({ published }) => published.simulated),
    dates: handled.map(({ day, outcome, published }) => ({ date: day, outcome, partial: published.partial })),
  };
}
