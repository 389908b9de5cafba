import { hourly, inColumn, isRefusedWhen } from './refusal-table';

const temperatures = (values: string) =>
  hourly(`"time":["2026-01-01T00:00","2026-01-01T01:00"],"temperature_2m":${values}`);

const IN_TEMPERATURE = inColumn('temperature_2m');

describe('a column of numbers is refused when', () => {
  isRefusedWhen([
    [
      'it is longer than the time',
      temperatures('⌖[1,2,3]'),
      IN_TEMPERATURE,
      /as many rows as 'time', which has 2, received 3 rows/,
    ],
    ['it is shorter than the time', temperatures('⌖[1]'), IN_TEMPERATURE, /received 1 rows/],
    [
      'it holds a text',
      temperatures('[1,⌖"12.5"]'),
      IN_TEMPERATURE,
      /number or null is expected, received "12\.5".*another type/,
    ],
    ['it holds true', temperatures('[⌖true,2]'), IN_TEMPERATURE, /number or null/],
    ['it holds an array', temperatures('[⌖[1],2]'), IN_TEMPERATURE, /number or null/],
    ['it holds an object', temperatures('[1,⌖{}]'), IN_TEMPERATURE, /number or null/],
    [
      'it holds nan',
      temperatures('[⌖nan,2]'),
      IN_TEMPERATURE,
      /received nan.*leave that model or location out/,
    ],
    [
      'it holds NaN',
      temperatures('[1,⌖NaN]'),
      IN_TEMPERATURE,
      /received NaN.*leave that model or location out/,
    ],
    ['it holds Infinity', temperatures('[1,⌖Infinity]'), IN_TEMPERATURE, /leave that model or location out/],
    [
      'it holds -Infinity',
      temperatures('[1,⌖-Infinity]'),
      IN_TEMPERATURE,
      /leave that model or location out/,
    ],
    ['it holds what no double can', temperatures('[⌖1e400,2]'), IN_TEMPERATURE, /past what a double holds/],
    [
      'it holds what no negative double can',
      temperatures('[1,⌖-1e999]'),
      IN_TEMPERATURE,
      /past what a double holds/,
    ],
    ['a number begins with zeros', temperatures('[⌖012,2]'), IN_TEMPERATURE, /begin with a zero/],
    ['a negative number begins with zeros', temperatures('[⌖-00.5,2]'), IN_TEMPERATURE, /begin with a zero/],
    ['a number begins with a plus', temperatures('[⌖+1,2]'), IN_TEMPERATURE, /number or null/],
    ['a number begins with a point', temperatures('[⌖.5,2]'), IN_TEMPERATURE, /number or null/],
    ['a number ends with a point', temperatures('[1.⌖,2]'), IN_TEMPERATURE, /lacks a digit/],
    ['a number is a lone minus', temperatures('[⌖-,2]'), IN_TEMPERATURE, /number or null/],
    ['an exponent has no digits', temperatures('[1e⌖,2]'), IN_TEMPERATURE, /lacks a digit/],
    ['a signed exponent has no digits', temperatures('[1E+⌖,2]'), IN_TEMPERATURE, /lacks a digit/],
    ['a number has two points', temperatures('[1.2⌖.3,2]'), IN_TEMPERATURE, /',' or '\]' is expected/],
    ['a number is hexadecimal', temperatures('[0⌖x1f,2]'), IN_TEMPERATURE, /',' or '\]' is expected/],
    ['null is cut short', temperatures('[⌖nul,2]'), IN_TEMPERATURE, /number or null/],
    ['null is too long', temperatures('[null⌖l,2]'), IN_TEMPERATURE, /',' or '\]' is expected/],
    ['a comma stands last', temperatures('[1,2,⌖]'), IN_TEMPERATURE, /number or null/],
    ['a comma stands first', temperatures('[⌖,1,2]'), IN_TEMPERATURE, /number or null/],
    ['two commas stand together', temperatures('[1,⌖,2]'), IN_TEMPERATURE, /number or null/],
    ['a comma lacks', temperatures('[1 ⌖2]'), IN_TEMPERATURE, /',' or '\]' is expected/],
    ['it is no array', temperatures('⌖12.5'), IN_TEMPERATURE, /an array is expected/],
    ['it is null', temperatures('⌖null'), IN_TEMPERATURE, /an array is expected/],
    ['it ends like an object', temperatures('[1,2⌖}'), IN_TEMPERATURE, /',' or '\]' is expected/],
  ]);
});
