import fc from 'fast-check';
import { addCounts, type ColumnCounts, noCounts } from '../../../../core/checks/column-counts';
import { judge } from '../../../../core/checks/judge';
import { DataQualityError } from '../../../../core/errors';
import type { Day } from '../../../../core/time/day';
import { DAILY, HOURLY, pipelineOf } from '../../../weather/pipeline-of';

const DAY = '2026-03-10' as Day;
const counts = (facts: Partial<ColumnCounts>): ColumnCounts => ({ ...noCounts(), rows: 100, ...facts });

/** The breaches that are named, of a table with one column and these limits. */
function breaches(
  found: ColumnCounts,
  limits: { nulls?: number; rejected?: number } = {},
): readonly string[] {
  const column = {
    ...HOURLY.columns[0],
    max_null_share: limits.nulls ?? 0,
    max_rejected_share: limits.rejected ?? 0,
  };
  const pipeline = pipelineOf({ tables: [{ ...HOURLY, columns: [column] }] });
  try {
    judge(pipeline, DAY, new Map([['weather_hourly', new Map([['temperature_2m', found]])]]));
    return [];
  } catch (error) {
    if (!(error instanceof DataQualityError)) throw error;
    return error.context.breaches as readonly string[];
  }
}

describe('judge', () => {
  test('a share at the limit passes, one more value fails, whatever the share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 40 }), (percent, hundreds) => {
        const share = percent / 100;
        const rows = hundreds * 100;
        const most = percent * hundreds;
        expect(breaches(counts({ rows, nulls: most }), { nulls: share })).toEqual([]);
        expect(breaches(counts({ rows, out_of_range: most }), { rejected: share })).toEqual([]);
        if (most === rows) return;
        expect(breaches(counts({ rows, nulls: most + 1 }), { nulls: share })).toHaveLength(1);
        expect(breaches(counts({ rows, out_of_range: most + 1 }), { rejected: share })).toHaveLength(1);
      }),
    );
  });

  test('values out of range and not whole are rejected values together, values of incomplete days are not', () => {
    expect(breaches(counts({ out_of_range: 1, not_an_integer: 1 }), { rejected: 0.01 })).toEqual([
      'weather_hourly.temperature_2m: 2 of 100 values were rejected, max_rejected_share is 0.01',
    ]);
    expect(breaches(counts({ incomplete_day: 100 }))).toEqual([]);
  });

  test('a null is no rejected value, and values of 0 are no nulls', () => {
    expect(breaches(counts({ nulls: 100 }), { nulls: 1 })).toEqual([]);
    expect(breaches(counts({ min: 0, max: 0 }))).toEqual([]);
  });

  test('a column without any value may be one that is not served, and is told so', () => {
    expect(breaches(counts({ nulls: 100 }), { nulls: 0.5 })).toEqual([
      expect.stringContaining('; the API or its models may not serve it at these places'),
    ]);
    expect(breaches(counts({ nulls: 99 }), { nulls: 0.5 })[0]).not.toContain('may not serve');
  });

  test('names every column past a limit, with both limits', () => {
    const pipeline = pipelineOf({ tables: [HOURLY, DAILY] });
    const bad = counts({ nulls: 11, out_of_range: 2 });
    const found = new Map([
      ['weather_hourly', new Map([['temperature_2m', bad]])],
      [
        'weather_daily',
        new Map([
          ['temperature_2m_mean', counts({})],
          ['temperature_2m_max', counts({ nulls: 99 })],
        ]),
      ],
    ]);
    expect(() => judge(pipeline, DAY, found)).toThrow(DataQualityError);
    try {
      judge(pipeline, DAY, found);
    } catch (error) {
      const { context, message } = error as DataQualityError;
      expect(context).toMatchObject({ pipeline: 'test', batch_date: DAY });
      expect(context.breaches).toEqual([
        'weather_hourly.temperature_2m: 11 of 100 values are null, max_null_share is 0.1',
        'weather_hourly.temperature_2m: 2 of 100 values were rejected, max_rejected_share is 0.01',
        'weather_daily.temperature_2m_max: 99 of 100 values are null, max_null_share is 0.1',
      ]);
      for (const breach of context.breaches as string[]) expect(message).toContain(breach);
    }
  });

  test('no rows are past no limit', () => {
    expect(breaches(noCounts())).toEqual([]);
  });
});

describe('addCounts', () => {
  const some = fc.nat(50);
  const value = fc.option(fc.integer({ min: -50, max: 50 }));
  const any = fc
    .record({
      rows: some,
      nulls: some,
      out_of_range: some,
      not_an_integer: some,
      incomplete_day: some,
      a: value,
      b: value,
    })
    .map(({ a, b, ...sums }): ColumnCounts => {
      const both = [a, b].filter((one) => one !== null);
      return {
        ...sums,
        min: both.length === 0 ? null : Math.min(...both),
        max: both.length === 0 ? null : Math.max(...both),
      };
    });

  test('adds up in any order, and nothing changes nothing', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(addCounts(a, b)).toEqual(addCounts(b, a));
        expect(addCounts(addCounts(a, b), c)).toEqual(addCounts(a, addCounts(b, c)));
        expect(addCounts(a, noCounts())).toEqual(a);
        expect(addCounts(a, b).nulls).toBe(a.nulls + b.nulls);
      }),
    );
  });

  test('a column without values has no least value, and takes none from 0', () => {
    expect(addCounts(counts({ min: 3, max: 4 }), counts({}))).toMatchObject({ rows: 200, min: 3, max: 4 });
    expect(addCounts(counts({}), counts({}))).toMatchObject({ min: null, max: null });
  });
});
