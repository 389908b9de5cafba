import { hourly, inColumn, isRefusedWhen } from './refusal-table';

const times = (values: string) => hourly(`"time":${values}`);
const sunrises = (values: string) =>
  hourly(`"time":["2026-01-01","2026-01-02"],"sunrise":${values},"temperature_2m":[1,2]`);

const IN_TIME = inColumn('time');
const IN_SUNRISE = inColumn('sunrise');

describe('times are refused when', () => {
  isRefusedWhen([
    [
      'the calendar lacks the day',
      times('[⌖"2026-02-30"]'),
      IN_TIME,
      /a time is expected.*received "2026-02-30"/,
    ],
    ['29 February is in no leap year', times('[⌖"2100-02-29T00:00"]'), IN_TIME, /a time is expected/],
    ['the month is 13', times('[⌖"2026-13-01T00:00"]'), IN_TIME, /a time is expected/],
    ['the month is 0', times('[⌖"2026-00-01T00:00"]'), IN_TIME, /a time is expected/],
    ['the day is 0', times('[⌖"2026-01-00T00:00"]'), IN_TIME, /a time is expected/],
    ['the hour is 24', times('[⌖"2026-01-01T24:00"]'), IN_TIME, /a time is expected/],
    [
      'the hour is 24 on the day of the label before',
      times('["2026-01-01T23:00",⌖"2026-01-01T24:00","2026-01-02T00:00"]'),
      IN_TIME,
      /a time is expected/,
    ],
    ['the minute is 60', times('[⌖"2026-01-01T00:60"]'), IN_TIME, /a time is expected/],
    ['the second is 60', times('[⌖"2026-01-01T00:00:60"]'), IN_TIME, /a time is expected/],
    ['a zone is written', times('[⌖"2026-01-01T00:00Z"]'), IN_TIME, /a time is expected/],
    ['a space stands for T', times('[⌖"2026-01-01 00:00"]'), IN_TIME, /a time is expected/],
    ['a digit lacks', times('[⌖"2026-1-01T00:00"]'), IN_TIME, /a time is expected/],
    ['the text is no time', times('[⌖"yesterday"]'), IN_TIME, /a time is expected/],
    ['the text is empty', times('[⌖""]'), IN_TIME, /a time is expected/],
    ['one comes twice', times('["2026-01-01T00:00",⌖"2026-01-01T00:00"]'), IN_TIME, /must increase/],
    ['one is earlier', times('["2026-01-02","2026-01-03",⌖"2026-01-01"]'), IN_TIME, /must increase/],
    ['seconds do not increase', times('[1767225600,⌖1767225600]'), IN_TIME, /must increase/],
    ['one is null', times('["2026-01-01T00:00",⌖null]'), IN_TIME, /not be null/],
    ['seconds are not whole', times('[⌖1767225600.5]'), IN_TIME, /whole seconds/],
    ['seconds follow labels', times('["2026-01-01T00:00",⌖1767229200]'), IN_TIME, /began with iso8601 times/],
    [
      'labels follow seconds',
      times('[1767225600,⌖"2026-01-01T01:00"]'),
      IN_TIME,
      /began with unixtime times/,
    ],
    ['they hold an array', times('[⌖["2026-01-01"]]'), IN_TIME, /a time is expected/],
    ['they hold true', times('[⌖true]'), IN_TIME, /a time is expected/],
    ['they are no array', times('⌖"2026-01-01"'), IN_TIME, /an array is expected/],
    [
      'a label has no end',
      '{"hourly":{"time":["2026-01-01⌖',
      { location: 0, section: 'hourly', column: 'time' },
      /no end/,
    ],
    [
      'another column of times mixes them',
      sunrises('["2026-01-01T08:00",⌖1767225600]'),
      IN_SUNRISE,
      /began with iso8601/,
    ],
    ['another column of times holds a text', sunrises('[null,⌖"never"]'), IN_SUNRISE, /a time is expected/],
    ['another column of times is ragged', sunrises('⌖[null]'), IN_SUNRISE, /as many rows as 'time'/],
  ]);
});
