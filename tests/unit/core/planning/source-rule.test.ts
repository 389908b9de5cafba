import fc from 'fast-check';
import { isSameSource, sourceOfDay } from '../../../../core/planning/source-rule';
import { addDays, type Day } from '../../../../core/time/day';
import { pipelineOf } from '../../../weather/pipeline-of';

const TODAY = '2026-03-10' as Day;
const HISTORY = { api: 'archive', models: ['era5'], older_than_days: 10 };

describe('sourceOfDay', () => {
  const { source } = pipelineOf({ source: { models: ['icon_seamless'], history: HISTORY } });

  test.each([
    ['2026-03-09', 'forecast'],
    ['2026-02-28', 'forecast'],
    ['2026-02-27', 'archive'],
    ['1950-01-01', 'archive'],
  ])('%s is served by the %s API when today is 2026-03-10 and history begins beyond ten days', (day, api) => {
    expect(sourceOfDay(source, day as Day, TODAY).api).toBe(api);
  });

  test('gives each side its own models', () => {
    expect(sourceOfDay(source, addDays(TODAY, -1), TODAY).models).toEqual(['icon_seamless']);
    expect(sourceOfDay(source, addDays(TODAY, -11), TODAY).models).toEqual(['era5']);
  });

  test('without history every day is served by the one source', () => {
    const { source: plain } = pipelineOf();
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40_000 }), (age) => {
        expect(sourceOfDay(plain, addDays(TODAY, -age), TODAY)).toEqual({ api: 'forecast', models: [] });
      }),
      { numRuns: 30 },
    );
  });
});

describe('isSameSource', () => {
  test('goes by the API and the models in their order', () => {
    const era5 = { api: 'archive', models: ['era5', 'icon_eu'] } as const;
    expect(isSameSource(era5, { ...era5, models: [...era5.models] })).toBe(true);
    expect(isSameSource(era5, { ...era5, models: ['icon_eu', 'era5'] })).toBe(false);
    expect(isSameSource(era5, { ...era5, models: [] })).toBe(false);
    expect(isSameSource(era5, { ...era5, api: 'forecast' })).toBe(false);
  });
});
