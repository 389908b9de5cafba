import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { costReport } from '../../../core/costs/cost-report';
import { scaledPipeline } from '../../../core/costs/scaled-pipeline';
import { parsePipeline } from '../../../core/pipeline/parse-pipeline';
import type { Pipeline } from '../../../core/pipeline/pipeline';
import { backfillRuns, dailyRuns } from '../../../core/planning/day-runs';
import { planReport, requestWeights } from '../../../core/planning/plan-report';
import type { DayRun } from '../../../core/planning/requests';
import { sourceOfDay } from '../../../core/planning/source-rule';
import { windowDays } from '../../../core/planning/window';
import type { Day } from '../../../core/time/day';

const PROJECT = resolve(__dirname, '../../..');
const textOf = (file: string) => readFileSync(resolve(PROJECT, file), 'utf8');
const README = textOf('README.md');
const OWN = parsePipeline(JSON.parse(textOf('resources/pipelines/weather-daily.json')));
const NOW = Date.parse('2026-11-30T12:00:00Z');
const TODAY = '2026-11-30' as Day;

/** As `plan --costs` reckons. */
function costsOf(pipeline: Pipeline, runs: readonly DayRun[], daily: boolean) {
  const plan = planReport(pipeline, runs);
  const weights = requestWeights(pipeline, runs);
  return costReport({ pipeline, plan, weights, daily, keyed: { requestsAtOnce: 4, limits: undefined } });
}

function rowOf(head: string): string[] {
  const line = README.split('\n').find((one) => one.startsWith(`| ${head}`)) ?? '';
  return line
    .split('|')
    .slice(2, 4)
    .map((cell) => cell.trim());
}

describe('the costs that the README states', () => {
  const large = scaledPipeline(OWN, 100_000);
  const sourceOf = (day: Day) => sourceOfDay(large.source, day, TODAY);
  const daily = costsOf(large, dailyRuns(windowDays(large, NOW), sourceOf), true);
  const many = scaledPipeline(OWN, 10_000);
  const span = { from: '2016-01-01' as Day, to: '2025-12-31' as Day };
  const once = costsOf(many, backfillRuns(many, span, sourceOf), false);
  const gib = ({ stored_gib }: typeof daily) =>
    Object.values(stored_gib)
      .reduce((sum, part) => sum + part, 0)
      .toFixed(0);

  it('are those of the plan, in dollars', () => {
    const [a, b] = [daily.usd, once.usd];

    expect(rowOf('USD')).toEqual([
      `${a.use.toFixed(2)} a month by use, ${a.standing.toFixed(2)} standing`,
      `${b.use.toFixed(2)} once, ${b.standing.toFixed(2)} a month standing`,
    ]);
  });

  it('are those of the plan, in what is stored', () => {
    expect(rowOf('stored')).toEqual([
      `${gib(daily)} GiB after a year`,
      `${gib(once)} GiB, a third of it for a month`,
    ]);
  });
});
