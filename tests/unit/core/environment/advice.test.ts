import { adviceForEnvironment } from '../../../../core/environment/advice';
import { environmentOf, type Json } from '../../../environment/environment-of';
import { BERLIN, locationsOf, pipelineOf } from '../../../weather/pipeline-of';

const HONOLULU = { ...BERLIN, id: 'honolulu', name: 'Honolulu', timezone: 'Pacific/Honolulu' };

function adviceOf(environment: Json, pipeline: Json = {}) {
  return adviceForEnvironment(environmentOf(environment), pipelineOf(pipeline));
}
const at = (expression: string, timezone = 'UTC') => ({ schedule: { expression, timezone } });

describe('adviceForEnvironment', () => {
  it('has nothing to say to the defaults, not even for the last place on Earth where people live by the clock', () => {
    expect(adviceOf({}, { locations: [BERLIN, HONOLULU] })).toEqual([]);
  });

  it('warns of an hour at which the newest day is older than the day before, and says when it is not', () => {
    const advice = adviceOf(at('cron(59 9 * * ? *)'), { locations: [BERLIN, HONOLULU] });

    expect(advice).toEqual([
      {
        path: 'schedule.expression',
        message: expect.stringContaining(
          'Honolulu (UTC-10) and the run ends with the day before that: wait until 10:00 UTC',
        ),
      },
    ]);
  });

  it.each([
    ['the very hour at which it is over', 'cron(0 10 * * ? *)', 'UTC'],
    ['an hour of another zone', 'cron(0 2 * * ? *)', 'Pacific/Honolulu'],
  ])('says nothing of %s', (_, expression, timezone) => {
    const environment = { ...at(expression, timezone), freshness: { deadline_hour: 14 } };

    expect(adviceOf(environment, { locations: [BERLIN, HONOLULU] })).toEqual([]);
  });

  it.each([
    ['one of several runs', 'cron(0 1,11 * * ? *)', 'UTC'],
    ['a rate, whose hour nobody knows', 'rate(1 day)', 'UTC'],
    ['a run that summer time makes too early', 'cron(0 11 * * ? *)', 'Europe/Berlin'],
  ])('warns of %s', (_, expression, timezone) => {
    const advice = adviceOf(at(expression, timezone), { locations: [BERLIN, HONOLULU] });

    expect(advice.map(({ path }) => path)).toEqual(['schedule.expression']);
  });

  it.each([
    ['begins after the deadline in summer, on the evening before', at('cron(0 1 * * ? *)', 'Europe/Berlin')],
    ['begins after the deadline', { ...at('cron(30 12 * * ? *)'), freshness: { deadline_hour: 12 } }],
    [
      'may begin after the deadline',
      {
        schedule: { expression: 'cron(30 11 * * ? *)', flexible_window_minutes: 45 },
        freshness: { deadline_hour: 12 },
      },
    ],
  ])('warns of a deadline when the run %s', (_, environment) => {
    expect(adviceOf(environment, { locations: [BERLIN] }).map(({ path }) => path)).toEqual([
      'freshness.deadline_hour',
    ]);
  });

  it.each([
    ['cron(30 10 * * ? 2020)', 'nothing runs after 2020'],
    ['cron(30 10 * * ? 2026-2030)', 'nothing runs after 2030'],
    ['cron(30 10 * * ? 2026/1)', undefined],
  ])('warns of the end of the schedule %s, where there is one', (expression, message) => {
    expect(adviceOf(at(expression), { locations: [BERLIN] })).toEqual(
      message === undefined
        ? []
        : [{ path: 'schedule.expression', message: expect.stringContaining(message) }],
    );
  });

  it('warns of an orchestrated run only when the quota stretches it beyond a day', () => {
    const pathsOf = (count: number) =>
      adviceOf({ mode: 'orchestrated' }, { locations: locationsOf(count) }).map(({ path }) => path);

    expect(pathsOf(1_500)).toEqual([]);
    expect(pathsOf(9_000)).toEqual(['pipeline']);
  });

  it('warns of a run that the quota stretches beyond what a function may take', () => {
    const advice = adviceOf({}, { locations: locationsOf(9_000) });

    expect(advice.map(({ path }) => path)).toEqual(['function.timeout_seconds']);
  });

  it('warns of a secret that nobody reads, of addresses that are examples and of a protected state on one machine', () => {
    const advice = adviceOf({
      api_key_secret_arn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:open-meteo-AbCdEf',
      alerts: { emails: ['on-call@weather.test', 'on-call@example.com'] },
      protect_from_destroy: true,
    });

    expect(advice.map(({ path }) => path)).toEqual([
      'api_key_secret_arn',
      'alerts.emails[1]',
      'state.backend',
    ]);
  });

  it('warns of a key that the roles of the bootstrap could not make, until one is named', () => {
    const key = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const boundary = { permissions_boundary_arn: 'arn:aws:iam::123456789012:policy/weather-dev-boundary' };
    const pathsOf = (environment: Json) => adviceOf(environment).map(({ path }) => path);

    expect(pathsOf({ ...boundary, encryption: 'KMS' })).toEqual(['kms_key_arn']);
    expect(pathsOf({ ...boundary, encryption: 'KMS', kms_key_arn: key })).toEqual([]);
    expect(pathsOf({ encryption: 'KMS' })).toEqual([]);
    expect(pathsOf(boundary)).toEqual([]);
  });
});
