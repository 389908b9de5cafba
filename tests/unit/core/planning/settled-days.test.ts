import type { ApiName } from '../../../../core/model/source';
import { ingestibleDays } from '../../../../core/planning/asked-days';
import { lastSettledDay } from '../../../../core/planning/reach';
import type { Day } from '../../../../core/time/day';
import { BERLIN, pipelineOf } from '../../../weather/pipeline-of';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const at = (api: ApiName, from: string, to: string, source: Record<string, unknown> = {}) => {
  const models = api === 'ensemble' ? ['gfs05'] : [];
  const pipeline = pipelineOf({ source: { api, models, ...source }, locations: [BERLIN] });
  return ingestibleDays({ from: from as Day, to: to as Day }, pipeline, NOW);
};
const MONTH_OF_2030 = ['2030-01-01', '2030-01-31'] as const;

describe('days that may be ingested', () => {
  it('reach 2050 on the climate API, whose days are settled', () => {
    expect(at('climate', ...MONTH_OF_2030)).toHaveLength(31);
    expect(at('climate', '2026-11-30', '2050-12-31').at(-1)).toBe('2050-12-31');
    expect(lastSettledDay('climate')).toBe('2050-12-31');
  });

  it('end with the last day that the climate API has', () => {
    expect(() => at('climate', '2050-12-30', '2051-01-02')).toThrow(
      /2051-01-01: the climate API ends with 2050-12-31; ask for an earlier day/,
    );
  });

  it.each<ApiName>([
    'forecast',
    'historical-forecast',
    'air-quality',
    'marine',
    'flood',
    'ensemble',
    'seasonal',
  ])('are over on the %s API, whose future days are forecasts', (api) => {
    expect(lastSettledDay(api)).toBeUndefined();
    expect(at(api, '2026-11-29', '2026-11-29')).toEqual(['2026-11-29']);
    expect(() => at(api, '2026-11-29', '2026-12-02')).toThrow(
      new RegExp(
        `2026-11-30: the day is not over .*; what the ${api} API has of it is a forecast, which will change, and forecasts are not published; ask again then`,
      ),
    );
  });

  it('are over on the archive API, which has none of the future', () => {
    expect(() => at('archive', ...MONTH_OF_2030)).toThrow(/the archive API has nothing of it yet/);
  });

  it('go by the API that serves the day: a history of projections makes no forecast settled', () => {
    const history = { api: 'climate', models: [], older_than_days: 30 };

    expect(() => at('forecast', ...MONTH_OF_2030, { history })).toThrow(/forecasts are not published/);
  });
});
