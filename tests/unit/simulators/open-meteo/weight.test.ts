import fc from 'fast-check';
import { APIS } from '../../../../simulators/open-meteo/apis';
import { NO_LIMITS } from '../../../../simulators/open-meteo/limits';
import { readQuestion } from '../../../../simulators/open-meteo/question';
import { locationWeight, requestWeight } from '../../../../simulators/open-meteo/weight';
import { NOW } from './ask';

describe('weight of a request', () => {
  it.each([
    { locations: 100, variables: 10, days: 1, weight: 100 },
    { locations: 1, variables: 10, days: 365, weight: 26.07 },
    { locations: 10, variables: 24, days: 1, weight: 24 },
    { locations: 10, variables: 24, days: 3653, weight: 6262.29 },
    { locations: 1000, variables: 24, days: 365, weight: 62_571.43 },
    { locations: 1, variables: 0, days: 7, weight: 1 },
    { locations: 1, variables: 3, days: 14, weight: 1 },
  ])(
    'counts $locations x $variables variables x $days days as $weight',
    ({ locations, variables, days, weight }) => {
      const spans = new Array<number>(locations).fill(days);

      expect(requestWeight(variables, spans)).toBeCloseTo(weight, 2);
    },
  );

  it('is the same for 1 to 14 days, and grows from the 15th', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 500 }), fc.integer({ min: 1, max: 14 }), (variables, days) => {
        expect(locationWeight(variables, days)).toBe(variables / 10);
        expect(locationWeight(variables, 15)).toBeGreaterThan(variables / 10);
      }),
    );
  });
});

describe('weight of an ensemble', () => {
  const asked = (api: string, models: string, places = 100) => {
    const list = (value: number) => new Array<number>(places).fill(value).join(',');
    const hourly = new Array<string>(12).fill('temperature_2m').join(',');
    const dates = { start_date: '2026-11-19', end_date: '2026-11-19' };
    const parameters = { latitude: list(50), longitude: list(10), hourly, models, ...dates };
    return readQuestion(APIS.get(`/v1/${api}`)!, parameters, NOW, NO_LIMITS).weight;
  };

  it.each([
    ['ecmwf_ifs025', 6_120],
    ['icon_seamless', 4_800],
    ['icon_d2', 2_400],
    ['gfs_seamless', 3_720],
    ['gem_global', 2_520],
    ['ecmwf_ifs025,gem_global', 8_640],
  ])('counts every member of %s', (models, weight) => {
    expect(asked('ensemble', models)).toBeCloseTo(weight, 6);
  });

  it('counts no members where another API is asked', () => {
    expect(asked('forecast', 'ecmwf_ifs025')).toBeCloseTo(120, 6);
  });
});
