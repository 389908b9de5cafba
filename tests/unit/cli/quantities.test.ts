import { bytesText, countText, durationText, plural, shareText } from '../../../cli/text/quantities';

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 KiB'],
  [1_572_864, '1.5 MiB'],
  [3 * 1024 ** 5, '3072.0 TiB'],
])('bytesText(%d)', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  [0, '0 s'],
  [0.04, '0 s'],
  [1.26, '1.3 s'],
  [9.96, '10 s'],
  [59.7, '1 min'],
  [60, '1 min'],
  [78, '1 min 18 s'],
  [3600, '1 h'],
  [3661, '1 h 1 min'],
  [90_000, '1 d 1 h'],
  [86_400 * 7 + 59, '7 d'],
])('durationText(%d)', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.000_123, '0.012 %'],
  [0.0099, '0.99 %'],
  [0.126, '13 %'],
  [2, '200 %'],
  [433.33, '43,333 %'],
])('shareText(%d)', (share, text) => {
  expect(shareText(share)).toBe(text);
});

test('countText groups thousands and keeps a decimal', () => {
  expect([1_234_567, 14.25].map(countText)).toEqual(['1,234,567', '14.3']);
});

test('plural keeps one alone', () => {
  expect([0, 1, 2].map((count) => plural(count, 'day'))).toEqual(['0 days', '1 day', '2 days']);
});
