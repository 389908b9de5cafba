import { hourly, isRefusedWhen, refusalOf } from './refusal-table';

const times = (values: string) => hourly(`"time":${values}`);

describe('a body is refused when', () => {
  isRefusedWhen([
    ['it is empty', '⌖', {}, /the body is empty/],
    ['it is white space', ' \n⌖', {}, /the body is empty/],
    ['it is HTML', '⌖<!DOCTYPE html><html>', {}, /looks like HTML.*Check the address/],
    ['it begins with a byte order mark', '⌖\u{feff}{"hourly":{"time":[]}}', {}, /without a byte order mark/],
    [
      'it is a sentence',
      '⌖Unexpected error while streaming data',
      {},
      /an object or array is expected|object or array/,
    ],
    ['it is null', '⌖null', {}, /object or array/],
    ['it is a text', '⌖"hourly"', {}, /object or array/],
    ['it is an array of numbers', '[⌖1]', { location: 0 }, /an object is expected/],
    ['it is an empty array', '⌖[]', {}, /at least one location/],
    ['text follows the JSON', `${times('[]')}\n⌖Unexpected error`, {}, /nothing is expected behind/],
    ['another document follows', `${times('[]')}⌖{}`, {}, /nothing is expected behind/],
    [
      'it ends in mid-number',
      '{"hourly":{"time":["2026-01-01"],"temperature_2m":[12.⌖',
      { location: 0, section: 'hourly', column: 'temperature_2m' },
      /lacks a digit, received \(end of the body\)/,
    ],
    [
      'it ends behind a number',
      '{"hourly":{"time":["2026-01-01"],"temperature_2m":[12⌖',
      { location: 0, section: 'hourly', column: 'temperature_2m' },
      /end of the body/,
    ],
    ['it ends in a key', '{"latitude":1,"longi⌖', { location: 0 }, /no end/],
    ['it ends behind a key', '{"latitude"⌖', { location: 0 }, /':' is expected/],
    ['it ends behind a location', '[{"hourly":{"time":[]}}⌖', {}, /',' or '\]' is expected/],
    [
      'a later location breaks the contract',
      `[${times('[]')},{"location_id":8,"hourly":{"time":["2026-01-01"],"temperature_2m":[⌖"x"]}}]`,
      { location: 1, location_id: 8, section: 'hourly', column: 'temperature_2m' },
      /Location 1 \(location_id 8\) of the answer, hourly\.temperature_2m, byte \d+:/,
    ],
    [
      'a later location has no section',
      `[${times('[]')},⌖{"latitude":1}]`,
      { location: 1 },
      /the keys latitude/,
    ],
    [
      "it is the source's own sentence",
      '⌖Unexpected error while streaming data: timeoutReached',
      {},
      /broke the answer off with an error of its own: fetch it again/,
    ],
    [
      'it is an answer of the elevation API',
      '{"elevation":⌖[38.0]}',
      { location: 0, field: 'elevation' },
      /an answer of the elevation API has heights and no weather/i,
    ],
    [
      'it is an error of the source',
      '⌖{"reason":"Daily API request limit exceeded. Please try again tomorrow.","error":true}',
      { location: 0 },
      /'Daily API request limit exceeded\. Please try again tomorrow\.'/,
    ],
    [
      'it is a bare block and no section is named',
      '⌖{"time":["2026-01-01"],"temperature_2m":[1]}',
      { location: 0 },
      /bare block.*recorded\.section/,
    ],
    [
      'it is another API',
      '⌖{"results":[],"generationtime_ms":1}',
      { location: 0 },
      /the keys results, generationtime_ms/,
    ],
    ['it is an empty object', '⌖{}', { location: 0 }, /no key at all/],
  ]);

  const prefix = '{"hourly":{"time":["2026-01-01"],"summary":["';
  test.each([
    ['a byte that begins nothing', [0xff]],
    ['a continuation without a beginning', [0x80]],
    ['a character cut short by the quote', [0xc3]],
    ['a character of three bytes cut short', [0xe2, 0x82]],
    ['a form longer than needed', [0xc0, 0xaf]],
    ['a form of three bytes longer than needed', [0xe0, 0x80, 0xaf]],
    ['a form of four bytes longer than needed', [0xf0, 0x80, 0x80, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a character past the last', [0xf4, 0x90, 0x80, 0x80]],
  ])('it holds what is no UTF-8: %s', (_, bytes) => {
    const body = Uint8Array.from([...Buffer.from(prefix), ...bytes, ...Buffer.from('"]}}')]);

    const error = refusalOf(body);

    expect(error.context).toMatchObject({ section: 'hourly', column: 'summary', byte_offset: prefix.length });
    expect(error.message).toMatch(/UTF-8/);
  });
});

test('an excerpt is one line of at most 40 characters with its control characters escaped', () => {
  const body = Buffer.from(`{"hourly":{"time":["2026-01-01"],"temperature_2m":[\u001b[31m${'x'.repeat(60)}`);

  const error = refusalOf(body);

  expect(error.context.received).toBe('\\u001b[31mxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…');
});
