import { hourly, IN_HOURLY, inColumn, isRefusedWhen, type RefusalRow } from './refusal-table';

const IN_TEMPERATURE = inColumn('temperature_2m');
const IN_TIME = inColumn('time');
const IN_OTHER = inColumn('other');

describe('a section is refused when', () => {
  isRefusedWhen([
    ['it has no time', `{"location_id":7,"hourly":⌖{"temperature_2m":[1]}}`, IN_HOURLY, /needs its 'time'/],
    ['it is null', '{"location_id":7,"hourly":⌖null}', IN_HOURLY, /an object is expected/],
    ['it is an array', '{"location_id":7,"hourly":⌖[]}', IN_HOURLY, /an object is expected/],
    [
      'a column stands twice',
      hourly('"time":["2026-01-01"],"temperature_2m":[1],⌖"temperature_2m":[2]'),
      IN_TEMPERATURE,
      /twice.*Ask for each variable once/,
    ],
    [
      'a column stands twice, once in escapes',
      hourly('"time":["2026-01-01"],"temperature_2m":[1],⌖"t\\u0065mperature_2m":[2]'),
      IN_TEMPERATURE,
      /twice/,
    ],
    [
      'a column that is not wanted stands twice',
      hourly('"time":["2026-01-01"],"other":[1],⌖"other":[2]'),
      IN_OTHER,
      /twice/,
    ],
    ['its time stands twice', hourly('"time":["2026-01-01"],⌖"time":["2026-01-02"]'), IN_TIME, /twice/],
    [
      'a unit stands twice',
      `{"hourly_units":{"other":"m",⌖"other":"m"}}`,
      { location: 0, section: 'hourly', column: 'other' },
      /twice/,
    ],
    [
      'a unit is no text',
      `{"hourly_units":{"other":⌖null}}`,
      { location: 0, section: 'hourly', column: 'other' },
      /unit is expected/,
    ],
    [
      'its units are no object',
      `{"hourly_units":⌖"m"}`,
      { location: 0, section: 'hourly' },
      /an object is expected/,
    ],
    ['a comma stands last', hourly('"time":["2026-01-01"],⌖'), IN_HOURLY, /a key in double quotes/],
    [
      'its only row has an array',
      '{"current":{"time":"2026-01-01T00:00","temperature_2m":⌖[1]}}',
      { location: 0, section: 'current', column: 'temperature_2m' },
      /number or null/,
    ],
    [
      'its only row has no time',
      '{"current":{"time":⌖null}}',
      { location: 0, section: 'current', column: 'time' },
      /must not be null/,
    ],
  ]);
});

describe('the envelope is refused when', () => {
  isRefusedWhen([
    ...['NaN', 'inf', '-inf', 'na', '-n', '-null'].map(
      (word): RefusalRow => [
        `a coordinate is ${word}`,
        `{"latitude":⌖${word},"longitude":1}`,
        { location: 0, field: 'latitude' },
        /a number is expected|a JSON value is expected/,
      ],
    ),
    ['text follows a nan', '{"latitude":nan⌖n,"longitude":1}', { location: 0 }, /',' or '}' is expected/],
    [
      'an offset is nan',
      '{"utc_offset_seconds":⌖nan}',
      { location: 0, field: 'utc_offset_seconds' },
      /a JSON value is expected/,
    ],
    [
      'an unknown field is nan',
      '{"generationtime_ms":⌖nan}',
      { location: 0, field: 'generationtime_ms' },
      /a JSON value is expected/,
    ],
    [
      'the elevation is an array',
      '{"elevation":⌖[11]}',
      { location: 0, field: 'elevation' },
      /a number is expected/,
    ],
    [
      'the location_id is not whole',
      '{"location_id":⌖1.5}',
      { location: 0, field: 'location_id' },
      /a whole number/,
    ],
    [
      'the offset is a text',
      '{"utc_offset_seconds":⌖"0"}',
      { location: 0, field: 'utc_offset_seconds' },
      /a number is expected/,
    ],
    [
      'the time zone is a number',
      '{"timezone":⌖0}',
      { location: 0, field: 'timezone' },
      /a text is expected/,
    ],
    ['a key stands twice', '{"latitude":1,⌖"latitude":1}', { location: 0, field: 'latitude' }, /twice/],
    [
      'an unknown key stands twice',
      '{"x":1,"hourly":{"time":[]},⌖"x":1}',
      { location: 0, field: 'x' },
      /twice/,
    ],
    [
      'a section stands twice',
      '{"hourly":{"time":[]},⌖"hourly":{"time":[]}}',
      { location: 0, field: 'hourly' },
      /twice/,
    ],
    [
      'a value is nested too deep',
      `{"x":${'['.repeat(64)}⌖[${']'.repeat(65)}}`,
      { location: 0, field: 'x' },
      /deeper than 64/,
    ],
    [
      'a value is nested without end',
      `{"x":${'{"x":'.repeat(64)}⌖${'{"x":'.repeat(200_000)}`,
      { location: 0, field: 'x' },
      /deeper than 64/,
    ],
  ]);
});
