import { mergedRanges } from '../../../../core/redrive/merged-ranges';
import type { Day } from '../../../../core/time/day';

const day = (number: number) => `2025-03-${String(number).padStart(2, '0')}` as Day;
const days = (...numbers: readonly number[]) => numbers.map(day);

describe('ranges of days', () => {
  it.each<[string, readonly Day[], readonly (readonly [number, number])[]]>([
    ['none', [], []],
    ['neighbours', days(1, 2, 3), [[1, 3]]],
    ['two that one request of a fortnight holds', days(1, 14), [[1, 14]]],
    [
      'two that cost less than one long request',
      days(1, 30),
      [
        [1, 1],
        [30, 30],
      ],
    ],
    ['every third day of a month', days(1, 4, 7, 10, 13, 16, 19, 22, 25, 28), [[1, 28]]],
  ])('are joined where that costs no more: %s', (_, missing, ranges) => {
    const joined = ranges.map(([from, to]) => ({ from: day(from), to: day(to) }));

    expect(mergedRanges(missing, () => true)).toEqual(joined);
  });

  it('are not joined over a day that is not to be asked for', () => {
    expect(mergedRanges(days(1, 3, 5), (one) => one !== day(4))).toEqual([
      { from: day(1), to: day(3) },
      { from: day(5), to: day(5) },
    ]);
  });
});
