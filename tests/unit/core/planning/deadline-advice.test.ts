import { deadlineAdvice } from '../../../../core/planning/deadline-advice';
import { BERLIN, pipelineOf } from '../../../weather/pipeline-of';

const HONOLULU = { ...BERLIN, id: 'honolulu', name: 'Honolulu', timezone: 'Pacific/Honolulu' };
const pipeline = pipelineOf({ locations: [BERLIN, HONOLULU] });
const adviceOn = (expression: string, hour: number, timezone = 'UTC', flexibleWindowMinutes = 0) =>
  deadlineAdvice(pipeline, { expression, timezone }, { hour, flexibleWindowMinutes });

describe('deadlineAdvice', () => {
  test.each([
    ['after the run', 'cron(30 10 * * ? *)', 12, 'UTC'],
    ['before the day is over anywhere', 'cron(30 10 * * ? *)', 9, 'UTC'],
    ['after the run in winter and in summer', 'cron(0 13 * * ? *)', 13, 'Europe/Berlin'],
    ['after the first of several safe runs', 'cron(0 5,11,23 * * ? *)', 12, 'UTC'],
    ['of a rate, which tells no hour', 'rate(1 day)', 12, 'UTC'],
  ])('has nothing to say to a deadline %s', (_, expression, hour, timezone) => {
    expect(adviceOn(expression, hour, timezone)).toEqual([]);
  });

  test.each([
    ['a run later in the day', 'cron(30 14 * * ? *)', 12, 'UTC', 'not before 14:30 UTC'],
    ['a run at the very hour', 'cron(0 12 * * ? *)', 12, 'UTC', 'not before 12:00 UTC'],
    ['a run that is later in winter', 'cron(0 13 * * ? *)', 12, 'Europe/Berlin', 'not before 12:00 UTC'],
    ['a run before the day is over', 'cron(0 5 * * ? *)', 12, 'UTC', 'a day later'],
  ])('warns of %s', (_, expression, hour, timezone, when) => {
    expect(adviceOn(expression, hour, timezone)).toEqual([
      { path: 'freshness.deadline_hour', message: expect.stringContaining(`publishes it ${when}`) },
    ]);
  });

  test('counts with the latest moment of a flexible window', () => {
    expect(adviceOn('cron(30 10 * * ? *)', 12, 'UTC', 89)).toEqual([]);
    expect(adviceOn('cron(30 10 * * ? *)', 12, 'UTC', 90)).toHaveLength(1);
  });
});
