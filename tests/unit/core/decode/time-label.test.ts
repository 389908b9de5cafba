import fc from 'fast-check';
import { labelSeconds } from '../../../../core/decode/time-label';

const SECONDS_PER_MINUTE = 60;
const EARLIEST = Date.parse('0000-01-01T00:00:00Z') / 1000;
const LATEST = Date.parse('9999-12-31T23:59:59Z') / 1000;

function seconds(label: string): number {
  const bytes = new TextEncoder().encode(`"${label}"`);
  return labelSeconds(bytes, 1, bytes.length - 1);
}

test('a label of any instant from the year 0 to 9999 is that instant in UTC', () => {
  const instant = fc.integer({ min: EARLIEST, max: LATEST });

  fc.assert(
    fc.property(instant, (second) => {
      const text = new Date(second * 1000).toISOString();

      expect([19, 16, 10].map((length) => seconds(text.slice(0, length)))).toEqual([
        second,
        Math.floor(second / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE,
        Date.parse(text.slice(0, 10)) / 1000,
      ]);
    }),
    { seed: 20260102, numRuns: 3000 },
  );
});

test('of all days that can be written, exactly those of the calendar are read', () => {
  for (const year of [
    '0000',
    '0001',
    '1900',
    '1970',
    '1999',
    '2000',
    '2023',
    '2024',
    '2100',
    '2400',
    '9999',
  ]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const label = [year, ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
        const milliseconds = Date.parse(label);
        const isDay =
          !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().slice(0, 10) === label;

        expect({ label, seconds: seconds(label) }).toEqual({
          label,
          seconds: isDay ? milliseconds / 1000 : Number.NaN,
        });
      }
    }
  }
});

test.each(['', '2026', '2026-01', '2026-01-0', '2026-01-011', '2026-01-01T', '2026-01-01T00', '2026/01/01'])(
  '%p is no label',
  (label) => {
    expect(seconds(label)).toBeNaN();
  },
);

test.each([
  '2026-01-01t00:00',
  '2026-01-01T00.00',
  '2026-01-01T0:000',
  '2026-01-01T00:00-00',
  '2026-01-01T00:00:0x',
])('%p is no label, for all its length', (label) => {
  expect(seconds(label)).toBeNaN();
});
