import fc from 'fast-check';
import { ConfigError } from '../../../../core/errors';
import type { Pipeline } from '../../../../core/pipeline/pipeline';
import { backfillRuns, dailyRuns, type SourceOfDay } from '../../../../core/planning/day-runs';
import { type DayRun, planRequests } from '../../../../core/planning/requests';
import { type DaySource, isSameSource } from '../../../../core/planning/source-rule';
import { addDays, type Day, dayOfNumber, daySpan, daysBetween } from '../../../../core/time/day';
import { locationsOf, pipelineOf, tableOf } from '../../../weather/pipeline-of';

const FORECAST: DaySource = { api: 'forecast', models: [] };
const ARCHIVE: DaySource = { api: 'archive', models: ['era5'] };
const always: SourceOfDay = () => FORECAST;
/** Sources that change every few days, as when published days keep theirs. */
const patchy =
  (length: number): SourceOfDay =>
  (day) =>
    Math.floor(daySpan('2000-01-01' as Day, day) / length) % 2 === 0 ? FORECAST : ARCHIVE;

/** Days asked for, 1990 to 2030. */
const spans = fc
  .tuple(fc.integer({ min: 7_305, max: 21_915 }), fc.integer({ min: 0, max: 1_500 }))
  .map(([start, length]) => ({ from: dayOfNumber(start), to: dayOfNumber(start + length) }));

function weighing(locations: number, variables: number, maxWeight = 600): Pipeline {
  return pipelineOf({
    locations: locationsOf(locations),
    tables: [tableOf('hourly', variables)],
    source: { locations_per_request: locations, max_weight_per_request: maxWeight },
  });
}

const daysOf = (runs: readonly DayRun[]) => runs.flatMap(({ from, to }) => daysBetween(from, to));
const spanTexts = (runs: readonly DayRun[]) => runs.map(({ from, to }) => `${from}..${to}`);

function assertSingleSource(runs: readonly DayRun[], sourceOf: SourceOfDay): void {
  for (const { from, to, source } of runs)
    expect(daysBetween(from, to).every((day) => isSameSource(sourceOf(day), source))).toBe(true);
}

describe('dailyRuns', () => {
  test('cover every day asked for once, in order, with one source and at most 14 days each', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 20_000, max: 20_060 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 20 }),
        (numbers, patch) => {
          const days = numbers.sort((a, b) => a - b).map(dayOfNumber);
          const runs = dailyRuns(days, patchy(patch));
          expect(daysOf(runs)).toEqual(days);
          assertSingleSource(runs, patchy(patch));
          for (const { from, to } of runs) expect(daySpan(from, to)).toBeLessThanOrEqual(14);
        },
      ),
    );
  });

  test('asks for neighbours together: fewer runs would mix sources, leave a gap or weigh more', () => {
    const days = daysBetween('2026-02-20' as Day, '2026-03-10' as Day);
    expect(spanTexts(dailyRuns(days, always))).toEqual(['2026-02-20..2026-03-05', '2026-03-06..2026-03-10']);
    const holey = days.filter((day) => day !== '2026-02-28');
    expect(spanTexts(dailyRuns(holey, always))).toEqual(['2026-02-20..2026-02-27', '2026-03-01..2026-03-10']);
    const sourceOf: SourceOfDay = (day) => (day < '2026-03-01' ? ARCHIVE : FORECAST);
    expect(dailyRuns(days, sourceOf).map(({ from, source }) => [from, source.api])).toEqual([
      ['2026-02-20', 'archive'],
      ['2026-03-01', 'forecast'],
    ]);
  });

  test('of no days are none', () => {
    expect(dailyRuns([], always)).toEqual([]);
  });
});

describe('backfillRuns', () => {
  const pipelines = fc.constantFrom(weighing(1, 10), weighing(10, 24), weighing(60, 10), weighing(100, 24));

  test('cover every day once, in order, never mix sources and never weigh more than the bound', () => {
    fc.assert(
      fc.property(pipelines, spans, fc.integer({ min: 20, max: 900 }), (pipeline, span, patch) => {
        const runs = backfillRuns(pipeline, span, patchy(patch));
        expect(daysOf(runs)).toEqual(daysBetween(span.from, span.to));
        assertSingleSource(runs, patchy(patch));
        const heaviest = Math.max(
          ...runs.flatMap((run) => planRequests(pipeline, run).map(({ weight }) => weight)),
        );
        expect(heaviest).toBeLessThanOrEqual(600);
      }),
      { numRuns: 40 },
    );
  });

  test('begin and end with a calendar span, but for the ends of what is asked for', () => {
    fc.assert(
      fc.property(pipelines, spans, (pipeline, span) => {
        const runs = backfillRuns(pipeline, span, always);
        for (const { from } of runs.slice(1)) expect(from.slice(8)).toMatch(/^(01|15|29)$/);
        const spanOf = widthOf(runs);
        for (const { from, to } of runs) {
          expect(spanOf(from)).toBe(spanOf(to));
          if (to !== span.to) expect(spanOf(addDays(to, 1))).not.toBe(spanOf(to));
        }
      }),
      { numRuns: 60 },
    );
  });

  /** The key of the calendar span that these runs are cut at, from the widest that keeps each run whole. */
  function widthOf(runs: readonly DayRun[]): (day: Day) => string {
    const widths: ((day: Day) => string)[] = [
      (day) => day.slice(0, 4),
      (day) => `${day.slice(0, 4)}-${Math.floor((Number(day.slice(5, 7)) - 1) / 3)}`,
      (day) => day.slice(0, 7),
      (day) => `${day.slice(0, 7)}-${['01', '15', '29'].findLast((first) => first <= day.slice(8))}`,
    ];
    const isCutAt = (key: (day: Day) => string) =>
      runs.every(
        ({ from, to }, index) =>
          key(from) === key(to) && key(runs[index - 1]?.to ?? ('' as Day)) !== key(from),
      );
    return widths.find(isCutAt)!;
  }

  test.each([
    { variables: 10, locations: 1, first: '2023-01-01..2023-12-31', count: 2, grain: 'years' },
    { variables: 24, locations: 20, first: '2023-01-01..2023-03-31', count: 8, grain: 'quarters' },
    { variables: 24, locations: 100, first: '2023-01-01..2023-01-31', count: 24, grain: 'months' },
    { variables: 24, locations: 120, first: '2023-01-01..2023-01-14', count: 71, grain: 'fortnights' },
  ])(
    '$locations locations of $variables variables go in $grain',
    ({ variables, locations, first, count }) => {
      const span = { from: '2023-01-01' as Day, to: '2024-12-31' as Day };
      const runs = backfillRuns(weighing(locations, variables), span, always);
      expect(spanTexts(runs)[0]).toBe(first);
      expect(runs).toHaveLength(count);
    },
  );

  test('a leap year goes whole, its 29 February in it', () => {
    const runs = backfillRuns(
      weighing(1, 10),
      { from: '2024-01-01' as Day, to: '2024-12-31' as Day },
      always,
    );
    expect(runs.map(({ from, to }) => daySpan(from, to))).toEqual([366]);
  });

  test('in fortnights, a month ends with what is left of it, and that is nothing in February', () => {
    const span = { from: '2023-02-01' as Day, to: '2024-02-29' as Day };
    const runs = spanTexts(backfillRuns(weighing(120, 24), span, always));
    expect(runs.slice(0, 3)).toEqual([
      '2023-02-01..2023-02-14',
      '2023-02-15..2023-02-28',
      '2023-03-01..2023-03-14',
    ]);
    expect(runs.slice(-3)).toEqual([
      '2024-02-01..2024-02-14',
      '2024-02-15..2024-02-28',
      '2024-02-29..2024-02-29',
    ]);
  });

  test('the same span asked again gives the same requests', () => {
    const span = { from: '2023-01-17' as Day, to: '2024-03-02' as Day };
    const ids = () =>
      backfillRuns(weighing(10, 24), span, always).flatMap((run) =>
        planRequests(weighing(10, 24), run).map(({ id }) => id),
      );
    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(ids().length);
  });

  test('refuses what no run can carry: a day that is heavier than the bound', () => {
    const pipeline = weighing(100, 24);
    const tight = { ...pipeline, source: { ...pipeline.source, max_weight_per_request: 200 } };
    const span = { from: '2023-01-01' as Day, to: '2023-01-03' as Day };
    expect(() => backfillRuns(tight, span, always)).toThrow(ConfigError);
    expect(() => backfillRuns(tight, span, always)).toThrow(/source.locations_per_request/);
  });
});
