import fc from 'fast-check';
import { backoffMs } from '../../../../adapters/open-meteo/backoff';

const BOUNDS = { baseSeconds: 2, maxSeconds: 300 };

describe('backoffMs', () => {
  it('doubles its ceiling with every failure up to the bound', () => {
    const latest = [1, 2, 3, 7, 8, 1000].map((failures) => backoffMs(failures, BOUNDS, () => 1));

    expect(latest).toEqual([4000, 8000, 16_000, 256_000, 300_000, 300_000]);
  });

  it('stays between its bounds, whatever the dice say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (failures, dice) => {
          const delay = backoffMs(failures, BOUNDS, () => dice);

          expect(delay).toBeGreaterThanOrEqual(2000);
          expect(delay).toBeLessThanOrEqual(300_000);
        },
      ),
    );
  });

  it('keeps to its base where the bound is below it', () => {
    expect(backoffMs(3, { baseSeconds: 5, maxSeconds: 1 }, () => 0.5)).toBe(5000);
  });
});
