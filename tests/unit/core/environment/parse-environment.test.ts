import { ENVIRONMENT_DEFAULTS } from '../../../../core/environment/defaults';
import { parseEnvironment } from '../../../../core/environment/parse-environment';
import { ConfigError, type ConfigProblem } from '../../../../core/errors';
import { environmentOf, type Json, SHORTEST_ENVIRONMENT } from '../../../environment/environment-of';

function problemsOf(parts: Json, environment = 'test'): readonly ConfigProblem[] {
  try {
    parseEnvironment({ json: { ...SHORTEST_ENVIRONMENT, ...parts }, environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('parseEnvironment', () => {
  it('fills in every default', () => {
    const environment = parseEnvironment({ json: SHORTEST_ENVIRONMENT, environment: 'test' });

    expect(environment).toEqual({
      ...SHORTEST_ENVIRONMENT,
      environment: 'test',
      name: ENVIRONMENT_DEFAULTS.name,
      mode: 'direct',
      tags: {},
      schedule: {
        expression: ENVIRONMENT_DEFAULTS.scheduleExpression,
        timezone: ENVIRONMENT_DEFAULTS.scheduleTimezone,
        flexible_window_minutes: ENVIRONMENT_DEFAULTS.flexibleWindowMinutes,
        enabled: true,
      },
      freshness: { deadline_hour: ENVIRONMENT_DEFAULTS.deadlineHour },
      alerts: { ...SHORTEST_ENVIRONMENT.alerts, runbook_url: ENVIRONMENT_DEFAULTS.runbookUrl },
      retention: {
        log_days: ENVIRONMENT_DEFAULTS.logDays,
        raw_days: null,
        noncurrent_days: ENVIRONMENT_DEFAULTS.noncurrentDays,
        athena_results_days: ENVIRONMENT_DEFAULTS.athenaResultsDays,
      },
      encryption: 'SSE-S3',
      state: { backend: 'local' },
      athena_scan_limit_mib: ENVIRONMENT_DEFAULTS.athenaScanLimitMib,
      function: {
        memory_mib: ENVIRONMENT_DEFAULTS.functionMemoryMib,
        timeout_seconds: ENVIRONMENT_DEFAULTS.functionTimeoutSeconds,
      },
    });
  });

  it('takes as many tags as an object in S3 has room for, beside those of the project', () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 'x']));

    expect(problemsOf({ tags: tags(7) })).toEqual([]);
    expect(problemsOf({ tags: tags(8) })).toMatchObject([
      { path: 'tags', message: 'must be at most 7 tags' },
    ]);
  });

  it('tells all mistakes at once, each with its place, what was received and the way out', () => {
    const mistakes = {
      region: 'Frankfurt',
      schedule: { expression: 'cron(30 10 * * * *)', timezone: '+01:00', cadence: 'daily' },
      alerts: { emails: ['nobody'] },
      retention: { log_days: 8 },
      encryption: 'none',
      protect_from_destroy: undefined,
      state: { backend: 'azure' },
      tags: { 'aws:owner': 'me' },
    };

    const problems = problemsOf(mistakes);

    expect(problems).toEqual([
      {
        path: 'region',
        message: 'must be a region of AWS, for example eu-central-1',
        received: '"Frankfurt"',
      },
      {
        path: 'tags.aws:owner',
        message: 'must be the key of a tag, and not begin with aws:',
        received: '"me"',
      },
      {
        path: 'schedule.expression',
        message: expect.stringContaining('exactly one of day of month and day of week'),
        received: '"cron(30 10 * * * *)"',
      },
      { path: 'schedule.timezone', message: expect.stringContaining('Europe/Berlin'), received: '"+01:00"' },
      { path: 'schedule.cadence', message: expect.stringContaining('no such key here'), received: '"daily"' },
      { path: 'alerts.emails[0]', message: 'must be an e-mail address', received: '"nobody"' },
      {
        path: 'retention.log_days',
        message: expect.stringMatching(/^must be one of 1, 3, 5, 7/),
        received: '8',
      },
      { path: 'encryption', message: 'must be one of SSE-S3, KMS', received: '"none"' },
      {
        path: 'protect_from_destroy',
        message: expect.stringContaining('is missing: Whether destroying is refused.'),
      },
      { path: 'state.backend', message: 'must be one of local, s3', received: '"azure"' },
    ]);
  });

  it('knows the keys of the state that was chosen', () => {
    expect(problemsOf({ state: { backend: 'local', bucket: 'my-state' } })).toEqual([
      { path: 'state.bucket', message: 'no such key here; known are backend', received: '"my-state"' },
    ]);
    expect(problemsOf({ state: { backend: 's3', bukket: 'my-state', region: 'eu-central-1' } })).toEqual([
      {
        path: 'state.bucket',
        message: 'must be a text, and is missing: Bucket of the state, as the bootstrap stack makes it.',
      },
      { path: 'state.bukket', message: 'no such key here; did you mean bucket?', received: '"my-state"' },
    ]);
  });

  it.each([
    ['a mode that there is not', { mode: 'distributed' }, 'mode'],
    ['no address to tell', { alerts: { emails: [] } }, 'alerts.emails'],
    ['a name longer than a bucket can carry', { name: 'the-weather-of-it' }, 'name'],
    ['a name that ends in a dash', { name: 'weather-' }, 'name'],
    ['a name in upper case', { name: 'Weather' }, 'name'],
    ['a server that is no URL', { source_url: 'ftp://weather.test' }, 'source_url'],
    ['a secret by its name', { api_key_secret_arn: 'open-meteo' }, 'api_key_secret_arn'],
    [
      'a boundary that is no policy',
      { permissions_boundary_arn: 'arn:aws:s3:::x' },
      'permissions_boundary_arn',
    ],
    ['a key by its alias', { encryption: 'KMS', kms_key_arn: KEY.replace('key/', 'alias/') }, 'kms_key_arn'],
    ['a key that nothing is encrypted by', { kms_key_arn: KEY }, 'kms_key_arn'],
    [
      'a key of another region',
      { encryption: 'KMS', kms_key_arn: KEY.replace('eu-central-1', 'eu-west-1') },
      'kms_key_arn',
    ],
    ['a scan limit below what Athena takes', { athena_scan_limit_mib: 9 }, 'athena_scan_limit_mib'],
    [
      'a function that outlasts what Lambda allows',
      { function: { timeout_seconds: 901 } },
      'function.timeout_seconds',
    ],
    ['a deadline past midnight', { freshness: { deadline_hour: 24 } }, 'freshness.deadline_hour'],
  ])('refuses %s', (_, parts, path) => {
    expect(problemsOf(parts).map((problem) => problem.path)).toEqual([path]);
  });

  it.each(['', 'Dev', 'my-dev', 'dev.test', '1st', 'thirteenchars'])(
    'refuses a file called %s.json',
    (name) => {
      expect(problemsOf({}, name)).toEqual([
        { path: '', message: expect.stringContaining('rename it'), received: JSON.stringify(name) },
      ]);
    },
  );

  it.each(['cron(30 10 * * ? *)', 'cron(0 6,18 ? * MON-FRI *)', 'rate(1 day)', 'rate(6 hours)'])(
    'takes the schedule %s',
    (expression) => {
      expect(environmentOf({ schedule: { expression } }).schedule.expression).toBe(expression);
    },
  );

  it.each([
    'cron(30 10 * * *)',
    'cron(30 10 * * ? * *)',
    'rate(1 days)',
    'rate(2 hour)',
    'rate(0 days)',
    '30 10 * * *',
    'cron(61 10 * * ? *)',
    'at(2026-11-20T10:30:00)',
  ])('refuses the schedule %s', (expression) => {
    expect(problemsOf({ schedule: { expression } })).toHaveLength(1);
  });
});
