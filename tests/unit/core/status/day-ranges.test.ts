import fc from 'fast-check';
import { dayRanges } from '../../../../core/status/day-ranges';
import { type Day, dayOfNumber, daysBetween } from '../../../../core/time/day';

describe('dayRanges', () => {
  test('are the fewest ranges that hold the days and no others', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 60 })).map((days) => days.sort((a, b) => a - b));
    fc.assert(
      fc.property(numbers, (days) => {
        const given = days.map(dayOfNumber);

        const ranges = dayRanges(given);

        expect(ranges.flatMap(({ from, to }) => daysBetween(from, to))).toEqual(given);
        expect(ranges.map((range) => range.days)).toEqual(
          ranges.map(({ from, to }) => daysBetween(from, to).length),
        );
        const breaks = days.filter((day, index) => index > 0 && day !== days[index - 1]! + 1).length;
        expect(ranges).toHaveLength(days.length === 0 ? 0 : breaks + 1);
      }),
    );
  });

  test('run over the end of a leap February', () => {
    const days = ['2024-02-28', '2024-02-29', '2024-03-01'] as Day[];
    expect(dayRanges(days)).toEqual([{ from: '2024-02-28', to: '2024-03-01', days: 3 }]);
  });
});
