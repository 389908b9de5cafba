import type { Command } from 'commander';
import { ConfigError } from '../../core/errors';
import { projectionAdvice } from '../../core/pipeline/projection';
import { type DaySpan, ingestibleDays } from '../../core/planning/asked-days';
import type { QuotaPatience } from '../../core/ports/weather-source';
import { backfill } from '../../core/runs/ingest';
import { withAdvice } from '../advice-lines';
import { addAwsOptions } from '../aws/aws-options';
import { backfillOnAws } from '../aws/backfill-on-aws';
import { type AwsWords, chosenEnvironment, isOnAws, openEnvironment } from '../aws/open-environment';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addSpanOptions, namedSpan, type SpanOptions } from '../dates';
import { addHelpTexts } from '../help';
import { loadPipeline } from '../load-pipeline';
import { performRun } from '../pipeline-run';
import { runPlaces } from '../run-places';
import { together } from '../together';
import { waitOption } from './ingest';

interface BackfillOptions extends SpanOptions, AwsWords {
  readonly force?: true;
  readonly wait: QuotaPatience;
}

export function addBackfillCommand(program: Command, run: RunCommand): void {
  const command = addAwsOptions(addSpanOptions(program.command('backfill')))
    .summary('fetch and publish many days, resumable')
    .description('Publishes many days of weather, whole years, quarters or months to a request, run by run.')
    .option('--force', 'ask again for days that are published and for requests that were answered')
    .addOption(waitOption('day'))
    .action((options: BackfillOptions) =>
      run({ command, work: (invocation) => backfillDays(invocation, options, command) }),
    );
  addHelpTexts(command, {
    notes: `Days that are published whole are skipped, and requests that were answered are not sent again: run the same
command again to go on where it was stopped. The source's quota is kept to, and waited for; the command says until when.
Use plan first to see how long that takes. With --aws executions of the state machine do it, one after the other, each
planned to end within days; the command starts and follows them, may be stopped, and goes on where they are.`,
    examples: [
      ['ingest-weather backfill --from 2016-01-01 --to 2025-12-31', 'ten years'],
      ['ingest-weather backfill --from 2025-01-01 --to 2025-12-31 --force', 'a year anew'],
      ['ingest-weather backfill --aws --environment prod --from 2016-01-01 --to 2025-12-31', 'by executions'],
    ],
  });
}

async function backfillDays(
  invocation: Invocation,
  options: BackfillOptions,
  command: Command,
): Promise<CommandResult> {
  if (isOnAws(options)) {
    const [asked, chosen] = await together(
      () => backfillSpan(options),
      () => chosenEnvironment(options, invocation),
      () => refuseWait(command),
    );
    ingestibleDays(asked, chosen.pipeline, invocation.now);
    const deployed = await openEnvironment(chosen, invocation);
    const result = await backfillOnAws(invocation, {
      deployed,
      span: asked,
      force: options.force === true,
    });
    return withAdvice(result, projectionAdvice(chosen.pipeline, asked));
  }
  const [span, pipeline] = await together(
    () => backfillSpan(options),
    () => loadPipeline(invocation.options),
    ...runPlaces(invocation.options),
  );
  ingestibleDays(span, pipeline, invocation.now);
  const result = await performRun(invocation, {
    pipeline,
    online: true,
    bar: true,
    settings: {
      force: options.force === true,
      patience: options.wait,
      retryForSeconds: pipeline.source.backfill_retry_for_seconds,
    },
    work: (parts, runOptions) => backfill(parts, runOptions, span),
  });
  return withAdvice(result, projectionAdvice(pipeline, span));
}

/** @throws ConfigError when a window to sit out is named where nothing sits it out */
function refuseWait(command: Command): void {
  if (command.getOptionValueSource('wait') !== 'cli') return;
  const message = 'says nothing with --aws, where requests wait in a queue; leave it out';
  throw new ConfigError('The command line has mistakes:', [{ path: '--wait', message }]);
}

function backfillSpan(options: BackfillOptions): DaySpan {
  const span = namedSpan(options);
  if (span !== undefined) return span;
  throw new ConfigError('The days to backfill are missing:', [
    { path: '--from', message: 'name the first day, YYYY-MM-DD' },
    { path: '--to', message: 'name the last day, YYYY-MM-DD' },
  ]);
}
