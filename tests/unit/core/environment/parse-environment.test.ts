import { ENVIRONMENT_DEFAULTS } from '../../../../core/environment/defaults';
import { parseEnvironment } from '../../../../core/environment/parse-environment';
import { ConfigError, type ConfigProblem } from '../../../../core/errors';
import { environmentOf, type Json, SHORTEST_ENVIRONMENT } from '../../../environment/environment-of';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:open-meteo-AbCdEf';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const ACCOUNT = 'arn:aws:iam::123456789012';

function problemsOf(parts: Json, environment = 'test'): readonly ConfigProblem[] {
  try {
    parseEnvironment({ json: { ...SHORTEST_ENVIRONMENT, ...parts }, environment });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

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
        reserve_concurrency: true,
      },
    });
  });

  it.each(['cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1'])(
    'refuses %s, where the pinned provider cannot make a bucket',
    (region) => {
      expect(problemsOf({ region })).toEqual([
        {
          path: 'region',
          message: expect.stringMatching(/^\S+ lies in a partition of AWS in which .* cannot make buckets/),
          received: JSON.stringify(region),
        },
      ]);
      expect(problemsOf({ state: { backend: 's3', bucket: 'my-state', region } })).toMatchObject([
        { path: 'state.region' },
      ]);
    },
  );

  it.each(['us-east-1', 'ap-southeast-5', 'il-central-1', 'mx-central-1'])('takes %s', (region) => {
    expect(problemsOf({ region })).toEqual([]);
  });

  it('takes as many tags as an object in S3 has room for, beside those of the project', () => {
    const tags = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`t${n}`, 'x']));

    expect(problemsOf({ tags: tags(7) })).toEqual([]);
    expect(problemsOf({ tags: tags(8) })).toMatchObject([
      { path: 'tags', message: 'must be at most 7 tags' },
    ]);
  });

  const refusesTags = (tags: Json, path: string, message: string) =>
    expect(problemsOf({ tags })).toEqual([
      { path, message: expect.stringContaining(message), received: JSON.stringify(tags[path.slice(5)]) },
    ]);

  it.each([
    ['aws:owner', 'not begin with aws:'],
    ['AWS:owner', 'not begin with aws:'],
    ['owner?', 'must be the key of a tag'],
    ['k'.repeat(129), 'must be the key of a tag'],
    ['Project', 'the project sets Project itself'],
    ['project', 'the project sets Project itself'],
    ['ENVIRONMENT', 'the project sets Environment itself'],
    ['managedby', 'the project sets ManagedBy itself'],
  ])('refuses the tag %s', (key, message) => refusesTags({ [key]: 'x' }, `tags.${key}`, message));

  it('refuses tags that differ by case alone, since IAM does not tell them apart', () =>
    refusesTags({ Owner: 'a', team: 'b', owner: 'c' }, 'tags.owner', 'is the same key as Owner to IAM'));

  it.each([
    ['R&D', '+ - = . _ : / @ only'],
    ['a\nb', '+ - = . _ : / @ only'],
    ['v'.repeat(257), 'at most 256 characters'],
  ])('refuses the value %j of a tag', (value, message) => {
    expect(problemsOf({ tags: { owner: value } })).toMatchObject([
      { path: 'tags.owner', message: expect.stringContaining(message) },
    ]);
  });

  it.each(['', 'Zürich 3', 'a+b-c=d.e_f:g/h@i', 'v'.repeat(256)])('takes the value %j of a tag', (value) =>
    expect(problemsOf({ tags: { 'cost:center/owner@x': value } })).toEqual([]),
  );

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

  it('says how long a name may be', () => {
    expect(problemsOf({ name: 'the-weather-of-it' })[0]?.message).toBe('must have at most 16 characters');
  });

  const ABROAD = SECRET.replace('eu-central-1', 'us-east-1');
  const secret = { api_key_secret_arn: SECRET };

  it.each<[string, Json, string, RegExp]>([
    ['an account that is none', { account_id: '12345' }, 'account_id', /twelve digits/],
    ...[
      ['a secret', 'api_key_secret_arn', { api_key_secret_arn: SECRET }],
      [
        'a key of a secret',
        'api_key_secret_kms_key_arn',
        {
          api_key_secret_arn: SECRET.replace('123456789012', '210987654321'),
          api_key_secret_kms_key_arn: KEY,
        },
      ],
      ['a key', 'kms_key_arn', { encryption: 'KMS', kms_key_arn: KEY }],
      ['a boundary', 'permissions_boundary_arn', { permissions_boundary_arn: `${ACCOUNT}:policy/x` }],
    ].map(
      ([title, path, parts]) =>
        [
          `${title} of another account than the environment's`,
          { account_id: '210987654321', ...(parts as Json) },
          path as string,
          /belongs to the account 123456789012, but the environment to 210987654321/,
        ] as [string, Json, string, RegExp],
    ),
    [
      'a secret without the six characters that end its ARN',
      { api_key_secret_arn: SECRET.replace('-AbCdEf', '') },
      'api_key_secret_arn',
      /six characters that end it; aws secretsmanager describe-secret/,
    ],
    [
      'a secret of another region',
      { api_key_secret_arn: ABROAD },
      'api_key_secret_arn',
      /lies in us-east-1.*run in eu-central-1; replicate/,
    ],
    [
      'an alias of a key',
      { ...secret, api_key_secret_kms_key_arn: KEY.replace('key/', 'alias/') },
      'api_key_secret_kms_key_arn',
      /of no alias/,
    ],
    [
      'a key of another region',
      { ...secret, api_key_secret_kms_key_arn: KEY.replace('eu-central-1', 'us-east-1') },
      'api_key_secret_kms_key_arn',
      /lies in us-east-1/,
    ],
    [
      'a key without a secret',
      { api_key_secret_kms_key_arn: KEY },
      'api_key_secret_kms_key_arn',
      /no secret under it/,
    ],
    [
      'an API key in clear text',
      { ...secret, source_url: 'http://weather.test' },
      'source_url',
      /clear text; use https/,
    ],
    [
      'an API key in clear text to a host that looks near',
      { ...secret, source_url: 'http://127.0.0.1.weather.test' },
      'source_url',
      /clear text/,
    ],
    [
      'a role for a boundary',
      { permissions_boundary_arn: `${ACCOUNT}:role/x` },
      'permissions_boundary_arn',
      /ARN of a policy/,
    ],
    [
      'a boundary in China',
      { permissions_boundary_arn: 'arn:aws-cn:iam::123456789012:policy/x' },
      'permissions_boundary_arn',
      /ARN of a policy.* such as arn:aws:iam::/,
    ],
    [
      'a secret of GovCloud',
      { api_key_secret_arn: SECRET.replace('arn:aws:', 'arn:aws-us-gov:') },
      'api_key_secret_arn',
      /from arn:aws:secretsmanager:/,
    ],
    [
      'a boundary of no account',
      { permissions_boundary_arn: 'arn:aws:iam::123:policy/x' },
      'permissions_boundary_arn',
      /ARN of a policy/,
    ],
    [
      'an orchestrated run whose answers may go before it reads them',
      { mode: 'orchestrated', retention: { raw_days: 13 } },
      'retention.raw_days',
      /at least 14 days, or null for good/,
    ],
  ])('refuses %s', (_, parts, path, message) => {
    expect(problemsOf(parts)).toEqual([
      { path, message: expect.stringMatching(message), received: expect.any(String) },
    ]);
  });

  it.each<[string, Json]>([
    ['a secret of the region', secret],
    ['a secret in a folder', { api_key_secret_arn: SECRET.replace('open-meteo', 'weather/open-meteo') }],
    [
      'ARNs of its own account, and a policy that AWS has for all',
      {
        ...secret,
        account_id: '123456789012',
        permissions_boundary_arn: 'arn:aws:iam::aws:policy/PowerUserAccess',
      },
    ],
    ['a secret under a key of its own', { ...secret, api_key_secret_kms_key_arn: KEY }],
    [
      'a secret under a key of several regions',
      { ...secret, api_key_secret_kms_key_arn: KEY.replace('key/', 'key/mrk-') },
    ],
    ['another server over https', { ...secret, source_url: 'https://weather.test' }],
    ['another server over http, without a key', { source_url: 'http://weather.test' }],
    ['a server on this machine', { ...secret, source_url: 'http://127.0.0.1:8080' }],
    ['a server on this machine by name', { ...secret, source_url: 'http://localhost:8080' }],
    ['a server on this machine by IPv6', { ...secret, source_url: 'http://[::1]:8080' }],
    [
      'a boundary of the account, in a folder',
      { permissions_boundary_arn: `${ACCOUNT}:policy/team/boundary` },
    ],
    ['a boundary of AWS', { permissions_boundary_arn: 'arn:aws:iam::aws:policy/PowerUserAccess' }],
    ['an orchestrated run whose answers stay', { mode: 'orchestrated', retention: { raw_days: 14 } }],
    ['a direct run whose answers go at once', { retention: { raw_days: 1 } }],
  ])('takes %s', (_, parts) => {
    expect(problemsOf(parts)).toEqual([]);
  });

  it('doubts what lies between two keys whatever else is wrong beside them', () => {
    const parts = {
      mode: 'orchestrated',
      encryption: 'none',
      api_key_secret_arn: ABROAD,
      api_key_secret_kms_key_arn: KEY,
      source_url: 'http://weather.test',
      retention: { raw_days: 1, log_days: 8 },
    };

    expect(problemsOf(parts).map(({ path }) => path)).toEqual([
      'retention.log_days',
      'encryption',
      'api_key_secret_arn',
      'source_url',
      'retention.raw_days',
    ]);
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
    'cron(30 10 31 2 ? *)',
    'at(2026-11-20T10:30:00)',
  ])('refuses the schedule %s', (expression) => {
    expect(problemsOf({ schedule: { expression } })).toHaveLength(1);
  });
});
