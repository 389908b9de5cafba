import { scaledPipeline } from '../../../../core/costs/scaled-pipeline';
import { MAX_PLANNED_SLOTS } from '../../../../core/orchestration/execution-bounds';
import type { Pipeline } from '../../../../core/pipeline/pipeline';
import type { DaySpan } from '../../../../core/planning/asked-days';
import { allSlots, lackingRuns, type Slot } from '../../../../core/redrive/lacking-slots';
import {
  MAX_EXECUTIONS,
  MAX_REQUESTS_PER_EXECUTION,
  planRedrive,
  type RedriveInput,
  type RedriveNeeds,
} from '../../../../core/redrive/redrive-plan';
import { type Day, daysBetween } from '../../../../core/time/day';
import { smallPipeline } from '../../../lake/small-pipeline';

const ENDLESS = { minute: 1e9, hour: 1e9, day: 1e9 };
const WIDE = smallPipeline({ chunk: 1, source: { limits: ENDLESS } });
const sourceOf = () => ({ api: 'archive', models: ['era5'] }) as const;
const TEN_YEARS = daysBetween('2016-01-01' as Day, '2025-12-31' as Day);
const span = (from: string, to = from): DaySpan => ({ from: from as Day, to: to as Day });

function plan(
  pipeline: Pipeline,
  lacking: readonly (readonly [DaySpan, readonly Slot[]])[],
  spans: DaySpan[] = [],
  underWay: RedriveNeeds = { spans: [], runs: [] },
) {
  const days = lacking.flatMap(([{ from, to }, slots]) =>
    daysBetween(from, to).map((day) => [day, slots] as const),
  );
  return planRedrive({ pipeline, sourceOf, underWay }, { spans, runs: lackingRuns(new Map(days)) });
}

const count = (input: RedriveInput) => ('requests' in input ? input.requests.length : 0);

describe('the plan of a redrive', () => {
  it('is bounded by what is staged, however few the requests', () => {
    const pipeline = scaledPipeline(WIDE, 400);
    const slots = 2 * 400;

    const { inputs, left } = plan(pipeline, [[span('2016-01-01', '2025-12-31'), ['hourly/7', 'daily/7']]]);

    const fortnights = MAX_PLANNED_SLOTS / slots;
    expect(inputs.map(count)).toEqual([2 * fortnights]);
    expect(left[0]).toBe('2017-12-01');
    expect(left.at(-1)).toBe('2025-12-31');
  });

  it('has no more executions than a redrive starts', () => {
    const spans = Array.from({ length: 8 }, (_, year) =>
      span(`${2016 + year}-01-01`, `${2016 + year}-01-31`),
    );

    const { inputs, left } = plan(WIDE, [[span('2015-01-01'), ['hourly/0']]], spans);

    expect(inputs).toHaveLength(MAX_EXECUTIONS);
    expect(inputs).toContainEqual({ requests: [{ section: 'hourly', chunk: 0, ...span('2015-01-01') }] });
    expect(left[0]).toBe('2020-01-01');
  });

  it('does not divide the requests of a day among executions', () => {
    const pipeline = scaledPipeline(WIDE, 700);
    const every = allSlots(pipeline);
    const days = ['2025-01-01', '2025-02-01', '2025-03-01'].map((day) => [span(day), every] as const);

    const { inputs, left } = plan(pipeline, days);

    expect(inputs.map(count)).toEqual([1_400, 1_400, 1_400]);
    expect(left).toEqual([]);
  });

  it('asks for a day of too many requests to be named as a whole', () => {
    const pipeline = scaledPipeline(WIDE, MAX_REQUESTS_PER_EXECUTION);

    const { inputs } = plan(pipeline, [[span('2025-01-01'), allSlots(pipeline)]]);

    expect(inputs).toEqual([span('2025-01-01')]);
  });

  it.each([
    ['whole days', { spans: [span('1996-01-01', '2014-12-31')], runs: [] }],
    ['named requests', { spans: [], runs: lackingRuns(new Map(TEN_YEARS.map((day) => [day, ['daily/3']]))) }],
  ] as const)('adds to %s under way no more than fits beside them', (_, underWay) => {
    const pipeline = scaledPipeline(WIDE, 400);

    expect(plan(pipeline, [[span('2015-01-01'), ['hourly/7']]], [], underWay)).toEqual({
      inputs: [],
      left: ['2015-01-01'],
    });
    expect(plan(pipeline, [[span('2015-01-01'), ['hourly/7']]]).inputs.map(count)).toEqual([1]);
  });

  it('is refused where not even the first requests end in time', () => {
    const limits = { minute: 600, hour: 600, day: 600 };
    const pipeline = smallPipeline({ source: { limits } });
    const tight = { ...pipeline, source: { ...pipeline.source, limits: { ...limits, day: 1 } } };

    expect(() => plan(tight, [[span('2025-01-01'), ['hourly/0']]])).toThrow(
      /No execution can bring these days in.*2025-01-01 to 2025-01-01/s,
    );
  });
});
