import {
  outsideProjection,
  prefixesListed,
  projectedDays,
  projectionAdvice,
} from '../../../../core/pipeline/projection';
import type { Day } from '../../../../core/time/day';
import { pipelineOf } from '../../../weather/pipeline-of';

const NOW = Date.parse('2026-11-19T12:00:00Z');
const CLIMATE = { source: { api: 'climate', models: ['MRI_AGCM3_2_S'.toLowerCase()] } };

describe("the days of a pipeline's tables in Athena", () => {
  test.each([
    ['of the forecast end with the day that is', {}, '2020-01-01', 'NOW'],
    ['begin where the pipeline says', { earliest_day: '1950-06-01' }, '1950-06-01', 'NOW'],
    ['of the climate end where its models do', CLIMATE, '2020-01-01', '2050-12-31'],
    [
      'end with the later of both sources',
      { source: { api: 'archive', history: { api: 'climate', older_than_days: 9 } } },
      '2020-01-01',
      '2050-12-31',
    ],
  ])('%s', (_, parts, from, to) => {
    expect(projectedDays(pipelineOf(parts))).toEqual({ from, to });
  });

  test.each([
    ['one day', { earliest_day: '2026-11-19' }, 1],
    ['a day in each of the years since', { earliest_day: '1940-01-01' }, 31_735],
    ['days to come', { ...CLIMATE, earliest_day: '2050-12-01' }, 31],
    ['none, when they have not begun', { earliest_day: '2026-11-21' }, 0],
  ])('are listed by a query that names none: %s', (_, parts, prefixes) => {
    expect(prefixesListed(pipelineOf(parts), NOW)).toBe(prefixes);
  });

  test('leave out what lies before and after', () => {
    const days = ['2019-12-31', '2020-01-01', '2026-11-19', '2026-11-20', '2051-01-01'] as Day[];

    expect(outsideProjection(days, pipelineOf(), NOW)).toEqual(['2019-12-31', '2026-11-20', '2051-01-01']);
    expect(outsideProjection(days, pipelineOf(CLIMATE), NOW)).toEqual(['2019-12-31', '2051-01-01']);
  });

  test('are told of when a span begins before them, with what to write into the file', () => {
    const pipeline = pipelineOf();

    expect(projectionAdvice(pipeline, { from: '2020-01-01' as Day })).toEqual([]);
    expect(projectionAdvice(pipeline, { from: '2016-03-01' as Day })).toEqual([
      { path: 'earliest_day', message: expect.stringContaining('set "earliest_day": "2016-03-01"') },
    ]);
  });
});
