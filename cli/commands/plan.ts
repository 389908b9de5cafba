import type { Command } from 'commander';
import { costReport } from '../../core/costs/cost-report';
import { scaledPipeline } from '../../core/costs/scaled-pipeline';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { projectionAdvice } from '../../core/pipeline/projection';
import { ingestibleDays, MAX_INGEST_DAYS } from '../../core/planning/asked-days';
import { backfillRuns, dailyRuns } from '../../core/planning/day-runs';
import { planReport, requestWeights } from '../../core/planning/plan-report';
import { reachAdvice } from '../../core/planning/reach';
import { sourceOfDay } from '../../core/planning/source-rule';
import { type Day, dayOfInstant } from '../../core/time/day';
import { adviceLines } from '../advice-lines';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { costText } from '../cost-text';
import { addDateOptions, type DateOptions, daySpan } from '../dates';
import { addHelpTexts } from '../help';
import { loadPipeline } from '../load-pipeline';
import { KEYED_AT_ONCE, planScale, type ScaleWords } from '../plan-scale';
import { planText } from '../plan-text';
import { together } from '../together';

export function addPlanCommand(program: Command, run: RunCommand): void {
  const command = addDateOptions(program.command('plan'))
    .summary('dry run: requests, weight, time, rows and bytes')
    .description(
      'Tells what an ingest or a backfill would ask and give. Nothing is fetched, and the lake is not read.',
    )
    .option('--locations <number>', 'as if the pipeline had so many')
    .option('--costs', 'hours, function time, objects, storage and dollars of the orchestrated mode on AWS')
    .option('--keyed-limits <minute,hour,day>', 'calls that a keyed plan of yours grants (default: no bound)')
    .option('--keyed-at-once <number>', 'requests that it answers at once', String(KEYED_AT_ONCE))
    .action((options: PlanOptions) => run({ command, work: (invocation) => plan(invocation, options) }));
  addHelpTexts(command, {
    notes: `Without dates: the ingest of the newest day and the look-back. Up to ${MAX_INGEST_DAYS} days are planned as an ingest, more as a
backfill, as if nothing were published yet. The weight is what the source's quota counts; sizes are estimates.
Costs are of list prices, which --json names with unit and date: check them. Without dates they are of a run each day.`,
    examples: [
      ['ingest-weather plan', 'what the daily run costs'],
      ['ingest-weather plan --from 2016-01-01 --to 2025-12-31', 'whether ten years fit into a day'],
      ['ingest-weather plan --locations 100000 --costs', 'what a large lake takes on AWS, and costs'],
    ],
  });
}

interface PlanOptions extends DateOptions, ScaleWords {}

async function plan({ options, now }: Invocation, asked: PlanOptions): Promise<CommandResult> {
  const [span, own, scale] = await together(
    () => daySpan(asked),
    () => loadPipeline(options),
    () => planScale(asked),
  );
  const days = ingestibleDays(span, own, now);
  const pipeline = scale.locations === undefined ? own : scaledPipeline(own, scale.locations);
  const kind = days.length <= MAX_INGEST_DAYS ? 'ingest' : 'backfill';
  const runs = kind === 'ingest' ? ingestRuns(pipeline, days, now) : spanRuns(pipeline, days, now);
  const report = planReport(pipeline, runs);
  const warnings = [...reachAdvice(runs, dayOfInstant(now)), ...projectionAdvice(own, { from: days[0]! })];
  const costs = scale.costs
    ? costReport({
        pipeline,
        plan: report,
        weights: requestWeights(pipeline, runs),
        daily: span === undefined,
        keyed: scale.keyed,
      })
    : undefined;
  return {
    document: { planned: kind, ...report, warnings, ...(costs === undefined ? {} : { costs }) },
    text: () => {
      const parts = [planText(report, kind), ...(costs === undefined ? [] : [costText(costs)])];
      return [parts.join('\n\n'), ...adviceLines(warnings)].join('\n');
    },
  };
}

function ingestRuns(pipeline: Pipeline, days: readonly Day[], now: number) {
  return dailyRuns(days, (day) => sourceOfDay(pipeline.source, day, dayOfInstant(now)));
}

function spanRuns(pipeline: Pipeline, days: readonly Day[], now: number) {
  const span = { from: days[0]!, to: days.at(-1)! };
  return backfillRuns(pipeline, span, (day) => sourceOfDay(pipeline.source, day, dayOfInstant(now)));
}
