import { isAllowed } from '../account/is-allowed';
import { ACCOUNT_ID } from '../account/simulated-account';
import { type DeployedEnvironment, FUNCTIONS, type FunctionKind } from './deployed-environment';
import type { Deployment } from './deployment';

const KINDS = Object.keys(FUNCTIONS) as FunctionKind[];
const DAY = 'date=2026-01-01';

/** What would harm another pipeline, or the pipeline itself: action, bucket, key. */
const NEVER = [
  ['ingest', 's3:PutObject', 'raw', 'air-quality/2026-01-01_2026-01-01/a.request.json'],
  ['ingest', 's3:PutObject', 'raw', 'weather-daily-2/2026-01-01_2026-01-01/a.request.json'],
  ['ingest', 's3:GetObject', 'raw', 'air-quality/2026-01-01_2026-01-01/a.request.json'],
  ['ingest', 's3:GetObject', 'raw', 'config/air-quality.json'],
  ['ingest', 's3:PutObject', 'raw', 'config/weather-daily.json'],
  ['ingest', 's3:DeleteObject', 'raw', 'weather-daily/2026-01-01_2026-01-01/a.request.json'],
  ['ingest', 's3:PutObject', 'processed', `weather_hourly/${DAY}/air-quality.00000.parquet`],
  ['ingest', 's3:DeleteObject', 'processed', `weather_hourly/${DAY}/air-quality.00000.parquet`],
  ['ingest', 's3:PutObject', 'processed', `air_quality/${DAY}/weather-daily-2.00000.parquet`],
  ['ingest', 's3:PutObject', 'processed', `air_quality/weather-daily.00000.parquet`],
  ['ingest', 's3:PutObject', 'processed', `_manifests/air-quality/${DAY}.json`],
  ['ingest', 's3:DeleteObject', 'processed', `_manifests/weather-daily/${DAY}.json`],
  ['ingest', 's3:PutObject', 'processed', `_leases/air-quality/${DAY}.json`],
  ['freshness', 's3:PutObject', 'processed', `_manifests/weather-daily/${DAY}.json`],
  ['freshness', 's3:GetObject', 'processed', `weather_hourly/${DAY}/weather-daily.00000.parquet`],
  ['freshness', 's3:GetObject', 'raw', 'weather-daily/2026-01-01_2026-01-01/a.request.json'],
  ['freshness', 's3:GetObject', 'raw', 'config/air-quality.json'],
] as const;

/** What the functions did in the whole suite, against what their roles may do. */
export function describePermissions(deployment: Deployment): void {
  const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
  const callsOf = (environment: DeployedEnvironment, kind: FunctionKind) => {
    const role = roleArn(environment.functionName(kind));
    return deployment.account.calls().filter((call) => call.role === role);
  };

  it('every call of every role is known, and one that its policies allow', () => {
    const statements = new Map(deployment.environments.flatMap((one) => [...one.statements()]));
    const calls = deployment.account.calls();

    const refused = calls.filter(({ role, ...call }) => {
      const known = statements.get(role.slice(role.indexOf('/') + 1));
      return known === undefined || !isAllowed(known, call);
    });

    expect(refused).toEqual([]);
    expect(calls.filter(({ action }) => action.includes('Unknown'))).toEqual([]);
  });

  it.each(KINDS)('the role of %s did enough for that to mean something', (kind) => {
    const actions = new Set(callsOf(deployment.dev, kind).map(({ action }) => action));

    const expected = {
      ingest: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 'sqs:SendMessage'],
      freshness: ['s3:GetObject', 's3:ListBucket'],
    };
    expect([...actions]).toEqual(expect.arrayContaining(expected[kind]));
  });

  it('only the role of the keyed plan reads the secret', () => {
    const readers = deployment.account
      .calls()
      .filter(({ action }) => action === 'secretsmanager:GetSecretValue')
      .map(({ role }) => role);

    expect(new Set(readers)).toEqual(new Set([roleArn(deployment.prod.functionName('ingest'))]));
  });

  it.each(NEVER)('the role of %s may not %s in %s %s', (kind, action, purpose, key) => {
    for (const environment of deployment.environments) {
      const resource = `arn:aws:s3:::${environment.bucket(purpose)}/${key}`;

      expect(isAllowed(environment.policiesOf(kind), { action, resource })).toBe(false);
    }
  });

  it.each(KINDS)('the role of %s may not list a bucket as a whole, nor what another wrote', (kind) => {
    const resource = `arn:aws:s3:::${deployment.dev.bucket('processed')}`;
    for (const prefix of [null, '', '_manifests/air-quality/', 'air_quality/']) {
      const call = { action: 's3:ListBucket', resource, prefix };

      expect(isAllowed(deployment.dev.policiesOf(kind), call)).toBe(false);
    }
  });

  it('no role of one environment reaches a bucket of the other', () => {
    const { dev, prod } = deployment;
    const resource = `arn:aws:s3:::${prod.bucket('raw')}/weather-daily/a`;

    expect(isAllowed(dev.policiesOf('ingest'), { action: 's3:PutObject', resource })).toBe(false);
    expect(isAllowed(prod.policiesOf('ingest'), { action: 's3:PutObject', resource })).toBe(true);
  });

  it('a schedule may invoke its own target and no other function', async () => {
    const policies = deployment.dev.statements();
    const { target } = await deployment.dev.schedule('ingest');
    const other = await deployment.dev.schedule('freshness');
    const own = policies.get('weather-dev-ingest-schedule')!;

    expect(isAllowed(own, { action: 'lambda:InvokeFunction', resource: target })).toBe(true);
    expect(isAllowed(own, { action: 'lambda:InvokeFunction', resource: other.target })).toBe(false);
  });
}
