import { randomBytes } from 'node:crypto';
import type { Pipeline } from '../core/pipeline/pipeline';
import type { WeatherSource } from '../core/ports/weather-source';
import type { RunOptions, RunParts, RunReport } from '../core/runs/run-parts';
import { runIdOf, sweepStaging } from '../core/staging/sweep-staging';
import type { CommandResult, Invocation } from './command-runner';
import { composeRun, NO_SOURCE, openMeteo, type RunToCompose } from './composition';
import { lakeStores } from './lake-stores';
import { createLogger } from './logger';
import { createProgress } from './progress/create-progress';
import { refuseSimulatedLake } from './refuse-simulated-lake';
import { runDocument, runFailures, runText } from './run-report';
import { SimulationWatch } from './simulation-watch';

/** How long a command waits for another run that publishes the same date. */
export const LEASE_WAIT_SECONDS = 300;

const RUN_SUFFIX_BYTES = 4;

export interface PipelineRun {
  readonly pipeline: Pipeline;
  /** Whether the source is asked. */
  readonly online: boolean;
  /** Whether the run is long enough for a progress bar. */
  readonly bar: boolean;
  readonly settings: Pick<RunOptions, 'force' | 'patience' | 'retryForSeconds'>;
  readonly work: (parts: RunParts, options: RunOptions) => Promise<RunReport>;
}

/** Puts a use case together, runs it and tells how it went. */
export async function performRun(invocation: Invocation, run: PipelineRun): Promise<CommandResult> {
  const { options, surroundings, now, signal, command } = invocation;
  const { pipeline } = run;
  const runId = runIdOf(now, randomBytes(RUN_SUFFIX_BYTES).toString('hex'));
  const logger = createLogger(options, surroundings, { command, pipeline: pipeline.name, run_id: runId });
  const stores = await lakeStores(options.lake, surroundings);
  const source = run.online ? await onlineSource(invocation, { pipeline, stores, logger }) : NO_SOURCE;
  const parts = await composeRun({ pipeline, stores, source, surroundings, logger });
  await sweep(parts, now);
  const progress = createProgress({ options, surroundings, logger, bar: run.bar });
  try {
    const report = await run.work(parts, {
      ...run.settings,
      runId,
      now,
      leaseWaitSeconds: LEASE_WAIT_SECONDS,
      isLive: run.online && options.sourceUrl === undefined,
      onEvent: (event) => progress.onEvent(event),
      signal,
    });
    return resultOf(report, {
      pipeline: pipeline.name,
      lake: options.lake,
      seconds: (surroundings.clock.now() - now) / 1000,
    });
  } finally {
    progress.stop();
  }
}

type SourceParts = Pick<RunToCompose, 'pipeline' | 'stores' | 'logger'>;

async function onlineSource(
  { options, surroundings, now }: Invocation,
  { pipeline, stores, logger }: SourceParts,
): Promise<WeatherSource> {
  const { sourceUrl, lake } = options;
  if (sourceUrl === undefined) {
    await refuseSimulatedLake({ pipeline, processed: stores.processed, lake, now });
  }
  return new SimulationWatch(openMeteo({ pipeline, stores, sourceUrl, surroundings, logger }), logger);
}

async function sweep({ processed, pipeline, logger }: RunParts, now: number): Promise<void> {
  const runs = await sweepStaging(processed, pipeline.name, now);
  if (runs.length > 0) logger.info('Staging that old runs left behind was removed', { runs });
}

function resultOf(report: RunReport, facts: Parameters<typeof runText>[1]): CommandResult {
  return {
    document: runDocument(report, facts),
    text: () => runText(report, facts),
    failures: runFailures(report),
  };
}
