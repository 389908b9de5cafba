import fc from 'fast-check';
import { locationWeight, requestWeight } from '../../../../simulators/open-meteo/weight';

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
