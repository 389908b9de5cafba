import { type Command, Option } from 'commander';
import { projectionAdvice } from '../../core/pipeline/projection';
import { assertFewDays, type DaySpan, ingestibleDays, MAX_INGEST_DAYS } from '../../core/planning/asked-days';
import type { QuotaPatience } from '../../core/ports/weather-source';
import { ingest } from '../../core/runs/ingest';
import { withAdvice } from '../advice-lines';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addDateOptions, DATE_FLAGS, type DateOptions, daySpan } from '../dates';
import { addHelpTexts } from '../help';
import { loadPipeline } from '../load-pipeline';
import { performRun } from '../pipeline-run';
import { runPlaces } from '../run-places';
import { together } from '../together';

const MORE_DAYS = 'use backfill, which asks for whole months at once and can be resumed';

interface IngestOptions extends DateOptions {
  readonly force?: true;
  readonly wait: QuotaPatience;
}

export function addIngestCommand(program: Command, run: RunCommand): void {
  const command = addDateOptions(program.command('ingest'))
    .summary('fetch and publish one day or a few')
    .description(
      'Asks the source for days of weather, keeps the raw answers, checks them and publishes each day as Parquet with a manifest.',
    )
    .option('--force', 'publish even what is older than the published version or lacks locations of it')
    .addOption(waitOption('minute'))
    .action((options: IngestOptions) =>
      run({ command, work: (invocation) => ingestDays(invocation, options) }),
    );
  addHelpTexts(command, {
    notes: `Without a date: the newest day that is over at every location, and the look-back days of the pipeline
before it, since the source revises recent values. At most ${MAX_INGEST_DAYS} days; use backfill for more.
Every day is published on its own: one that fails leaves the others, and its own former version, in place.`,
    examples: [
      ['ingest-weather ingest', 'the newest day and the look-back'],
      ['ingest-weather ingest --date 2026-01-31', 'one day'],
      ['ingest-weather ingest --from 2026-01-01 --to 2026-01-07 --json', 'a week, told to a machine'],
      ['ingest-weather ingest --source-url http://127.0.0.1:8080', 'from a simulator'],
    ],
  });
}

export function waitOption(standard: QuotaPatience): Option {
  return new Option('--wait <window>', 'longest quota window to sit out when it is used up')
    .choices(['minute', 'hour', 'day'])
    .default(standard);
}

async function ingestDays(invocation: Invocation, options: IngestOptions): Promise<CommandResult> {
  const [span, pipeline] = await together(
    () => ingestSpan(options),
    () => loadPipeline(invocation.options),
    ...runPlaces(invocation.options),
  );
  const days = ingestibleDays(span, pipeline, invocation.now);
  const result = await performRun(invocation, {
    pipeline,
    online: true,
    bar: false,
    settings: {
      force: options.force === true,
      patience: options.wait,
      retryForSeconds: pipeline.source.retry_for_seconds,
    },
    work: (parts, runOptions) => ingest(parts, runOptions, days),
  });
  return withAdvice(result, projectionAdvice(pipeline, { from: days[0]! }));
}

function ingestSpan(options: IngestOptions): DaySpan | undefined {
  const span = daySpan(options);
  if (span !== undefined) assertFewDays(span, DATE_FLAGS, MORE_DAYS);
  return span;
}
