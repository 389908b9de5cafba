import fc from 'fast-check';
import {
  addDays,
  type Day,
  dayNumber,
  dayOfInstant,
  dayOfNumber,
  daySpan,
  daysBetween,
  parseDay,
} from '../../../../core/time/day';

const DAY_MS = 86_400_000;
/** 0000-01-01 to 9999-12-31. */
const dayNumbers = fc.integer({ min: -719_528, max: 2_932_896 });

describe('parseDay', () => {
  test.each(['2026-01-01', '2024-02-29', '2000-02-29', '1940-01-01', '9999-12-31', '0000-01-01'])(
    'takes %s, which the calendar has',
    (text) => {
      expect(parseDay(text)).toBe(text);
    },
  );

  test.each([
    '2023-02-29',
    '1900-02-29',
    '2026-02-30',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-1-1',
    '26-01-01',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '2026-01-01\n',
    '2026/01/01',
    '+002026-01-01',
    '٢٠٢٦-01-01',
    '',
    'yesterday',
  ])('refuses %j, which it has not', (text) => {
    expect(parseDay(text)).toBeUndefined();
  });
});

describe('day arithmetic', () => {
  test('a day and its number tell each other, in order', () => {
    fc.assert(
      fc.property(dayNumbers, dayNumbers, (a, b) => {
        const [one, other] = [dayOfNumber(a), dayOfNumber(b)];
        expect(parseDay(one)).toBe(one);
        expect(dayNumber(one)).toBe(a);
        expect(one < other).toBe(a < b);
      }),
    );
  });

  test('an instant belongs to the day that began last, also before 1970', () => {
    fc.assert(
      fc.property(dayNumbers, fc.integer({ min: 0, max: DAY_MS - 1 }), (day, millisecond) => {
        expect(dayOfInstant(day * DAY_MS + millisecond)).toBe(dayOfNumber(day));
      }),
    );
    expect(dayOfInstant(-1)).toBe('1969-12-31');
  });

  test.each([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 1, '2024-03-01'],
    ['2023-02-28', 1, '2023-03-01'],
    ['1900-02-28', 1, '1900-03-01'],
    ['2000-03-01', -1, '2000-02-29'],
    ['2025-12-31', 1, '2026-01-01'],
    ['2024-02-29', 366, '2025-03-01'],
  ])('%s and %i days make %s', (day, count, expected) => {
    expect(addDays(day as Day, count)).toBe(expected);
  });

  test('a span counts both ends, and there are as many days between them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -30_000, max: 30_000 }),
        fc.integer({ min: -5, max: 800 }),
        (start, length) => {
          const from = dayOfNumber(start);
          const to = addDays(from, length - 1);
          const days = daysBetween(from, to);
          expect(daySpan(from, to)).toBe(length);
          expect(days).toHaveLength(Math.max(0, length));
          for (const [index, day] of days.entries()) expect(day).toBe(addDays(from, index));
        },
      ),
      { numRuns: 50 },
    );
  });

  test('a leap year has 366 days', () => {
    const lengthOf = (year: number) => daySpan(`${year}-01-01` as Day, `${year}-12-31` as Day);
    expect([2023, 2024, 1900, 2000].map(lengthOf)).toEqual([365, 366, 365, 366]);
  });
});
