import { hourly, inColumn, isRefusedWhen } from './refusal-table';

const summaries = (values: string) => hourly(`"time":["2026-01-01","2026-01-02"],"summary":${values}`);
const others = (values: string) => hourly(`"time":["2026-01-01","2026-01-02"],"other":${values}`);

const IN_SUMMARY = inColumn('summary');
const IN_OTHER = inColumn('other');

describe('a column of texts is refused when', () => {
  isRefusedWhen([
    ['it holds a number', summaries('["dry",⌖1]'), IN_SUMMARY, /a text or null is expected/],
    ['it holds an array', summaries('[⌖[],"dry"]'), IN_SUMMARY, /a text or null is expected/],
    ['it is ragged', summaries('⌖["dry"]'), IN_SUMMARY, /as many rows/],
    [
      'a line feed is not escaped',
      summaries('["d⌖\nry",null]'),
      IN_SUMMARY,
      /control character.*received \\u000ary"/,
    ],
    ['an escape is unknown', summaries('["d⌖\\xry",null]'), IN_SUMMARY, /an escape that JSON knows/],
    ['an escape lacks a digit', summaries('["⌖\\u00e",null]'), IN_SUMMARY, /an escape that JSON knows/],
    ['an escape is cut short', summaries('["⌖\\'), IN_SUMMARY, /an escape that JSON knows/],
  ]);
});

describe('a column that is not wanted is refused as well when', () => {
  isRefusedWhen([
    ['it is ragged', others('⌖[1]'), IN_OTHER, /as many rows as 'time', which has 2, received 1 rows/],
    ['it holds no JSON', others('[1,⌖nan]'), IN_OTHER, /a JSON value is expected/],
    ['it is no array', others('⌖1'), IN_OTHER, /an array is expected/],
    ['a key in it has no quotes', others('[{⌖a:1},2]'), IN_OTHER, /a key in double quotes/],
    ['an object in it lacks a colon', others('[{"a"⌖,1},2]'), IN_OTHER, /':' is expected/],
    ['a word in it is misspelt', others('[⌖ture,2]'), IN_OTHER, /a JSON value is expected/],
  ]);
});
