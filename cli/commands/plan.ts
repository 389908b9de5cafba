import type { Command } from 'commander';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { ingestibleDays, MAX_INGEST_DAYS } from '../../core/planning/asked-days';
import { backfillRuns, dailyRuns } from '../../core/planning/day-runs';
import { planReport } from '../../core/planning/plan-report';
import { reachAdvice } from '../../core/planning/reach';
import { sourceOfDay } from '../../core/planning/source-rule';
import { type Day, dayOfInstant } from '../../core/time/day';
import { adviceLines } from '../advice-lines';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addDateOptions, type DateOptions, daySpan } from '../dates';
import { addHelpTexts } from '../help';
import { loadPipeline } from '../load-pipeline';
import { planText } from '../plan-text';
import { together } from '../together';

export function addPlanCommand(program: Command, run: RunCommand): void {
  const command = addDateOptions(program.command('plan'))
    .summary('dry run: requests, weight, time, rows and bytes')
    .description(
      'Tells what an ingest or a backfill would ask and give. Nothing is fetched, and the lake is not read.',
    )
    .action((options: DateOptions) => run({ command, work: (invocation) => plan(invocation, options) }));
  addHelpTexts(command, {
    notes: `Without dates: the ingest of the newest day and the look-back. Up to ${MAX_INGEST_DAYS} days are planned as an ingest, more as a
backfill, as if nothing were published yet. The weight is what the source's quota counts; sizes are estimates.`,
    examples: [
      ['ingest-weather plan', 'what the daily run costs'],
      ['ingest-weather plan --from 2016-01-01 --to 2025-12-31', 'whether ten years fit into a day'],
    ],
  });
}

async function plan({ options, now }: Invocation, dates: DateOptions): Promise<CommandResult> {
  const [span, pipeline] = await together(
    () => daySpan(dates),
    () => loadPipeline(options),
  );
  const days = ingestibleDays(span, pipeline, now);
  const kind = days.length <= MAX_INGEST_DAYS ? 'ingest' : 'backfill';
  const runs = kind === 'ingest' ? ingestRuns(pipeline, days, now) : spanRuns(pipeline, days, now);
  const report = planReport(pipeline, runs);
  const warnings = reachAdvice(runs, dayOfInstant(now));
  return {
    document: { planned: kind, ...report, warnings },
    text: () => [planText(report, kind), ...adviceLines(warnings)].join('\n'),
  };
}

function ingestRuns(pipeline: Pipeline, days: readonly Day[], now: number) {
  return dailyRuns(days, (day) => sourceOfDay(pipeline.source, day, dayOfInstant(now)));
}

function spanRuns(pipeline: Pipeline, days: readonly Day[], now: number) {
  const span = { from: days[0]!, to: days.at(-1)! };
  return backfillRuns(pipeline, span, (day) => sourceOfDay(pipeline.source, day, dayOfInstant(now)));
}
