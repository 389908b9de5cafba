import { maximum, mean, minimum, sum, wetHours } from '../../../../simulators/open-meteo/catalogue/aggregate';

/** 24 samples: those given, then the last of them again. */
function day(...samples: readonly number[]): Float64Array {
  return Float64Array.from({ length: 24 }, (_, index) => samples[Math.min(index, samples.length - 1)]!);
}

describe('daily aggregates', () => {
  it('take 24 samples from where they are told to', () => {
    const hours = Float64Array.from({ length: 72 }, (_, index) => index);

    expect([maximum, minimum, sum, mean].map((aggregate) => aggregate(hours, 24))).toEqual([
      47, 24, 852, 35.5,
    ]);
  });

  it('begin maximum and minimum anew after a hole', () => {
    expect(maximum(day(1, 9, Number.NaN, 3, 2), 0)).toBe(3);
    expect(minimum(day(1, 9, Number.NaN, 3, 2, 5), 0)).toBe(2);
  });

  it('have no maximum when the day ends in a hole', () => {
    expect(maximum(day(1, 9, Number.NaN), 0)).toBeNaN();
  });

  it('have no sum and no mean with a hole, but count its hour as dry', () => {
    const holed = day(1, 0, Number.NaN, 2);

    expect(sum(holed, 0)).toBeNaN();
    expect(mean(holed, 0)).toBeNaN();
    expect(wetHours(holed, 0)).toBe(22);
  });
});
