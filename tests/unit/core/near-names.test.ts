import fc from 'fast-check';
import { editDistance, nearNames } from '../../../core/near-names';

describe('nearNames', () => {
  it('lists the names that could have been meant, nearest first, three at most', () => {
    const known = ['wind_speed_80m', 'wind_speed_10m', 'wind_speed_100m', 'wind_speed_120m', 'rain'];

    expect(nearNames('windspeed_10m', known)).toEqual([
      'wind_speed_10m',
      'wind_speed_100m',
      'wind_speed_120m',
    ]);
  });

  it('is silent about names that are nothing like it', () => {
    expect(nearNames('pressure', ['temperature_2m', 'cape'])).toEqual([]);
  });
});

describe('editDistance', () => {
  it.each([
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['tabels', 'tables', 2],
    ['same', 'same', 0],
  ])('of %j and %j is %d', (from, to, distance) => {
    expect(editDistance(from, to)).toBe(distance);
  });

  it('is a distance: the same both ways, and no longer over a third text', () => {
    const text = fc.string({ maxLength: 8, unit: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
