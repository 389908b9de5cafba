import { ConfigError } from '../../../../core/errors';
import { parseCron } from '../../../../core/planning/cron';
import { parseSchedule, scheduleProblems } from '../../../../core/planning/schedule';

const problemsOf = (expression: string, timezone = 'UTC') => scheduleProblems({ expression, timezone });
const cronOf = (text: string) => {
  const cron = parseCron(text);
  if (!('minutes' in cron)) throw new Error(cron.map(({ message }) => message).join('\n'));
  return cron;
};
const every = (step: number, from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);

describe('a cron expression', () => {
  test.each([
    ['one minute and hour', '30 10 * * ? *', [30], [10]],
    ['lists, out of order and twice', '45,0,45 12,6 * * ? *', [0, 45], [6, 12]],
    ['ranges', '0 9-12 * * ? *', [0], [9, 10, 11, 12]],
    ['a range with a step', '10-30/10 0-23/6 * * ? *', [10, 20, 30], [0, 6, 12, 18]],
    ['a step from a minute on', '50/5 23 * * ? *', [50, 55], [23]],
    ['a step of the whole field', '*/20 */12 * * ? *', [0, 20, 40], [0, 12]],
    ['wildcards', '* * * * ? *', every(1, 0, 59), every(1, 0, 23)],
    ['a list of ranges and numbers', '0 1-2,22-23,5 * * ? *', [0], [1, 2, 5, 22, 23]],
  ])('reads %s', (_, text, minutes, hours) => {
    expect(cronOf(text)).toMatchObject({ minutes, hours });
  });

  test('reads months by number and by name, and keeps the fields of the days as written', () => {
    expect(cronOf('0 10 ? jan,JUN-AUG MON-FRI 2026-2030')).toMatchObject({
      months: [1, 6, 7, 8],
      days: '? jan,JUN-AUG MON-FRI 2026-2030',
    });
  });

  test.each([
    'L * ?',
    'LW * ?',
    '15W * ?',
    '1,15,L * ?',
    '1/5 * ?',
    '29 2 ?',
    '31 2,3 ?',
    '28,31 2 ?',
    '31,L 2 ?',
    '30W 4 ?',
    '? * 2#1',
    '? * FRI#5',
    '? * 6L',
    '? * L',
    '? * SUN,SAT',
    '? 1/3 MON',
  ])('takes the days "%s" of AWS', (days) => {
    expect(problemsOf(`cron(0 10 ${days} *)`)).toEqual([]);
  });

  test.each([
    ['five fields', '30 10 * * *', 'six fields'],
    ['seven fields', '0 30 10 * * ? *', 'six fields'],
    ['a minute too many', '60 10 * * ? *', 'minutes: "60"'],
    ['an hour too many', '0 24 * * ? *', 'hours: "24"'],
    ['a question mark for the hour', '0 ? * * ? *', 'hours: "?"'],
    ['a range that runs back', '0 22-2 * * ? *', 'hours: "22-2"'],
    ['half a range', '0 5- * * ? *', 'hours: "5-"'],
    ['an empty list element', '0 5,,6 * * ? *', 'hours: ""'],
    ['a step of nothing', '0/0 5 * * ? *', 'minutes: "0/0"'],
    ['a day that no month has', '0 5 32 * ? *', 'day of month: "32"'],
    ['a month without a name', '0 5 * MAI ? *', 'month: "MAI"'],
    ['a weekday of another cron', '0 5 ? * 0 *', 'day of week: "0"'],
    ['a sixth Friday', '0 5 ? * FRI#6 *', 'day of week: "FRI#6"'],
    ['a day that its month has not', '30 10 31 2 ? *', 'never fires'],
    ['days that their months have not', '30 10 31 4,6,SEP,NOV ? *', 'never fires'],
    ['a leap day of years that have none', '30 10 29 2 ? 2026-2027', 'never fires'],
    ['a weekday near a day that its month has not', '30 10 31W 2 ? *', 'never fires'],
    ['a weekday near a day that no month has', '30 10 99W * ? *', 'never fires'],
    ['a year of two digits', '0 5 * * ? 26', 'year: "26"'],
    ['two days', '0 5 1 * MON *', 'exactly one of'],
    ['two stars', '0 5 * * * *', 'exactly one of'],
    ['no day', '0 5 ? * ? *', 'exactly one of'],
  ])('with %s is refused', (_, text, message) => {
    expect(problemsOf(`cron(${text})`)).toEqual([
      expect.objectContaining({ path: 'expression', message: expect.stringContaining(message) }),
    ]);
  });
});

describe('a schedule', () => {
  test.each(['rate(1 minute)', 'rate(5 minutes)', 'rate(1 hour)', 'rate(11 hours)', 'rate(2 days)'])(
    'may be %s',
    (expression) => {
      expect(parseSchedule({ expression, timezone: 'UTC' })).toEqual({ kind: 'rate' });
    },
  );

  test('may be a moment on the clock of its zone', () => {
    expect(parseSchedule({ expression: 'at(2026-11-20T10:30:00)', timezone: 'Europe/Berlin' })).toEqual({
      kind: 'at',
      wallClock: Date.parse('2026-11-20T10:30:00Z'),
    });
  });

  test.each([
    'rate(0 hours)',
    'rate(1 hours)',
    'rate(12 hour)',
    'rate(1.5 hours)',
    'rate(5 weeks)',
    'rate(hours)',
    'at(2026-02-30T10:30:00)',
    'at(2026-11-20T24:00:00)',
    'at(2026-11-20)',
    'every day',
    '',
    '30 10 * * ? *',
    'CRON(30 10 * * ? *)',
  ])('"%s" is refused with an example of a right one', (expression) => {
    const [problem, ...others] = problemsOf(expression);

    expect(problem).toMatchObject({
      path: 'expression',
      message: expect.stringMatching(/\((\d|30 10)/),
      received: expression,
    });
    expect(others).toEqual([]);
  });

  test('tells all mistakes at once', () => {
    const wrong = { expression: 'cron(61 25 * * * *)', timezone: 'Mars/Olympus' };

    expect(scheduleProblems(wrong).map(({ path, received }) => [path, received])).toEqual([
      ['expression', '61'],
      ['expression', '25'],
      ['expression', '* and *'],
      ['timezone', 'Mars/Olympus'],
    ]);
    expect(() => parseSchedule(wrong)).toThrow(ConfigError);
  });
});
