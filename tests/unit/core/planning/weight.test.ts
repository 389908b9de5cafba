import fc from 'fast-check';
import { requestWeight } from '../../../../core/planning/weight';

const count = (max: number) => fc.integer({ min: 1, max });
const facts = fc.record({
  locations: count(1_000),
  variables: count(80),
  series: fc.integer({ min: 0, max: 8 }),
  days: count(4_000),
});

describe('requestWeight', () => {
  test.each([
    { locations: 100, variables: 10, series: 0, days: 1, weight: 100 },
    { locations: 1, variables: 10, series: 0, days: 365, weight: 26.07 },
    { locations: 10, variables: 24, series: 0, days: 1, weight: 24 },
    { locations: 10, variables: 24, series: 0, days: 3_653, weight: 6_262.29 },
    { locations: 1_000, variables: 24, series: 0, days: 365, weight: 62_571.43 },
    { locations: 1, variables: 1, series: 0, days: 1, weight: 1 },
    { locations: 1, variables: 10, series: 3, days: 14, weight: 3 },
    { locations: 1, variables: 5, series: 0, days: 28, weight: 1 },
    { locations: 1, variables: 5, series: 0, days: 56, weight: 2 },
  ])('$locations x $variables x $series x $days days weigh $weight', ({ weight, ...asked }) => {
    expect(requestWeight(asked)).toBeCloseTo(weight, 2);
  });

  test('one model weighs what the choice of the API weighs', () => {
    fc.assert(
      fc.property(facts, (asked) => {
        expect(requestWeight({ ...asked, series: 1 })).toBe(requestWeight({ ...asked, series: 0 }));
      }),
    );
  });

  test('1 to 14 days weigh the same, the 15th weighs more as soon as ten variables are asked for', () => {
    fc.assert(
      fc.property(facts, count(14), (asked, days) => {
        const oneDay = requestWeight({ ...asked, days: 1 });
        expect(requestWeight({ ...asked, days })).toBe(oneDay);
        const calls = asked.variables * Math.max(1, asked.series);
        if (calls >= 10) expect(requestWeight({ ...asked, days: 15 })).toBeGreaterThan(oneDay);
      }),
    );
  });

  test('asking for more never weighs less, and no location weighs less than one call', () => {
    fc.assert(
      fc.property(facts, facts, (asked, more) => {
        const larger = {
          locations: asked.locations + more.locations,
          variables: asked.variables + more.variables,
          series: asked.series + more.series,
          days: asked.days + more.days,
        };
        for (const key of ['locations', 'variables', 'series', 'days'] as const)
          expect(requestWeight({ ...asked, [key]: larger[key] })).toBeGreaterThanOrEqual(
            requestWeight(asked),
          );
        expect(requestWeight(asked)).toBeGreaterThanOrEqual(asked.locations);
      }),
    );
  });

  test('cutting the locations into chunks changes nothing of the sum', () => {
    fc.assert(
      fc.property(facts, count(100), (asked, size) => {
        let sum = 0;
        for (let left = asked.locations; left > 0; left -= size)
          sum += requestWeight({ ...asked, locations: Math.min(size, left) });
        expect(sum).toBeCloseTo(requestWeight(asked), 5);
      }),
    );
  });
});
