import type { Pipeline } from '../core/pipeline/pipeline';
import type { WeatherSource } from '../core/ports/weather-source';
import type { RunOptions, RunParts, RunReport } from '../core/runs/run-parts';
import { type StagingJudge, sweepStaging } from '../core/staging/sweep-staging';
import { assertConditionalWrites } from './assert-conditional-writes';
import type { CommandResult, Invocation } from './command-runner';
import { composeRun, NO_SOURCE, openMeteo, type RunToCompose } from './composition';
import { inLake } from './in-lake';
import { type LakeToWrite, refuseRealDays, refuseSimulatedDays } from './keep-apart';
import { lakeStores } from './lake-stores';
import { createLogger } from './logger';
import { newRunId } from './new-run-id';
import { createProgress } from './progress/create-progress';
import type { Progress } from './progress/progress';
import { StatusLine } from './progress/status-line';
import { runDocument, runFailures, runText } from './run-report';
import { SimulationWatch } from './simulation-watch';
import { countText, plural } from './text/quantities';

/** How long a command waits for another run that publishes the same date. */
export const LEASE_WAIT_SECONDS = 300;

export interface PipelineRun {
  readonly pipeline: Pipeline;
  /** Whether the source is asked. */
  readonly online: boolean;
  /** Whether what the run brings along is made up; of what the source sends its answers tell. */
  readonly brings?: 'real' | 'simulated';
  /** Whether the run is long enough for a progress bar. */
  readonly bar: boolean;
  readonly settings: Pick<RunOptions, 'force' | 'patience' | 'retryForSeconds'>;
  readonly work: (parts: RunParts, options: RunOptions) => Promise<RunReport>;
}

/** Puts a use case together, runs it and tells how it went. */
export function performRun(invocation: Invocation, run: PipelineRun): Promise<CommandResult> {
  return inLake(invocation.options.lake, () => perform(invocation, run));
}

async function perform(invocation: Invocation, run: PipelineRun): Promise<CommandResult> {
  const { options, surroundings, now, signal, command } = invocation;
  const { pipeline } = run;
  const started = surroundings.clock.elapsed();
  const runId = newRunId(now);
  const line = new StatusLine(surroundings.stderr);
  const bound = { command, pipeline: pipeline.name, run_id: runId };
  const logger = createLogger(options, { ...surroundings, stderr: line }, bound);
  const stores = await lakeStores(options.lake, surroundings);
  const lake = { pipeline, processed: stores.processed, lake: options.lake, now };
  const brings = isLive(invocation, run) ? 'real' : run.brings;
  await keepApart(lake, brings);
  await assertConditionalWrites({ stores, lake: options.lake, pipeline: pipeline.name, runId, now });
  const stop = new AbortController();
  const source = run.online ? onlineSource(invocation, { lake, stores, logger, stop }) : NO_SOURCE;
  const parts = await composeRun({ pipeline, stores, source, surroundings, logger });
  await sweep(parts, { now, holders: stores.stagers });
  const progress = createProgress({ options, surroundings, line, logger, bar: run.bar });
  invocation.onStop(() => interruptedRun(progress));
  try {
    const report = await run.work(parts, {
      ...run.settings,
      runId,
      now,
      leaseWaitSeconds: LEASE_WAIT_SECONDS,
      isLive: brings === 'real',
      onEvent: (event) => progress.onEvent(event),
      signal: AbortSignal.any([signal, stop.signal]),
    });
    return resultOf(report, {
      pipeline: pipeline.name,
      lake: options.lake,
      seconds: (surroundings.clock.elapsed() - started) / 1000,
    });
  } finally {
    progress.stop();
  }
}

function interruptedRun(progress: Progress): string {
  progress.stop();
  const { days, daysPublished } = progress.meter;
  return `${countText(daysPublished)} of ${plural(days, 'day')} ${days === 1 ? 'is' : 'are'} published and stay as they are; run the same command again to go on.`;
}

/** Whether the real source is asked. */
function isLive({ options }: Invocation, { online }: PipelineRun): boolean {
  return online && options.sourceUrl === undefined;
}

async function keepApart(lake: LakeToWrite, brings: PipelineRun['brings']): Promise<void> {
  if (brings === 'real') await refuseSimulatedDays(lake);
  if (brings === 'simulated') await refuseRealDays(lake);
}

interface SourceParts extends Pick<RunToCompose, 'stores' | 'logger'> {
  readonly lake: LakeToWrite;
  /** Ends the run. */
  readonly stop: AbortController;
}

function onlineSource(
  { options, surroundings }: Invocation,
  { lake, stores, logger, stop }: SourceParts,
): WeatherSource {
  const { pipeline } = lake;
  const { sourceUrl } = options;
  return new SimulationWatch({
    source: openMeteo({ pipeline, stores, sourceUrl, surroundings, logger }),
    logger,
    admit: () =>
      refuseRealDays(lake).catch((error: unknown) => {
        // Not one request more, and no day from what was kept before: the error ends the command.
        stop.abort();
        throw error;
      }),
  });
}

async function sweep({ processed, pipeline, logger }: RunParts, judge: StagingJudge): Promise<void> {
  const runs = await sweepStaging(processed, pipeline.name, judge);
  if (runs.length > 0) logger.info('Staging that old runs left behind was removed', { runs });
}

function resultOf(report: RunReport, facts: Parameters<typeof runText>[1]): CommandResult {
  return {
    document: runDocument(report, facts),
    text: () => runText(report, facts),
    failures: runFailures(report),
  };
}
