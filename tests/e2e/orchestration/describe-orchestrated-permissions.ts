import { isAllowed, type Statement } from '../account/is-allowed';
import { ACCOUNT_ID } from '../account/simulated-account';
import { REGION } from '../deployment/deployment';
import { PIPELINE } from '../deployment/describe-scheduled-run';
import { WATCHED_TIME } from '../deployment/suite-days';
import type { OrchestratedDeployment } from './orchestrated-deployment';
import { ACTIONS, NEVER, NEVER_LISTED, type RoleKind } from './orchestrated-roles';

const ROLES = Object.keys(ACTIONS) as RoleKind[];

/**
 * What the roles did in the whole suite, against what their policies allow. Not in the record, and so judged by what must be
 * allowed alone: a schedule, which never fires here; the children of a map, which the role of a state machine starts, follows
 * and stops; logs and traces of executions; traces of functions; the use of keys by S3, SQS and Logs.
 */
export function describeOrchestratedPermissions(deployment: OrchestratedDeployment): void {
  const nameOf = (role: string) => `${deployment.dev.prefix}-${role}`;
  const statementsOf = (role: string): readonly Statement[] =>
    deployment.dev.statements().get(nameOf(role)) ?? [];
  const callsOf = (role: string) => {
    const arn = `arn:aws:iam::${ACCOUNT_ID}:role/${nameOf(role)}`;
    return deployment.account.calls().filter((call) => call.role === arn);
  };
  const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT_ID}:${rest}`;
  const place = (text: string) => {
    const [kind, ...rest] = text.split(':');
    const name = rest.join(':');
    if (kind === 'raw' || kind === 'processed') return `arn:aws:s3:::${deployment.dev.bucket(kind)}/${name}`;
    if (kind === 'function') return arn('lambda', `function:${name}`);
    if (kind === 'queue') return arn('sqs', name);
    if (kind === 'machine') return arn('states', `stateMachine:${name}`);
    return arn('secretsmanager', `secret:${name}`);
  };

  beforeAll(async () => {
    await deployment.dev.fire('freshness', WATCHED_TIME);
  });

  it('every call of every role is known, and one that its policies allow', () => {
    const statements = deployment.dev.statements();
    const calls = deployment.account.calls();

    const refused = calls.filter(({ role, ...call }) => {
      const known = statements.get(role.slice(role.indexOf('/') + 1));
      return known === undefined || !isAllowed(known, call);
    });

    expect(refused).toEqual([]);
    expect(calls.filter(({ action }) => action.includes('Unknown'))).toEqual([]);
  });

  it.each(ROLES)('the role of %s did enough for that to mean something', (role) => {
    const actions = new Set(callsOf(role).map(({ action }) => action));

    expect([...actions]).toEqual(expect.arrayContaining([...ACTIONS[role]]));
  });

  it('the state machine called all of its functions, and sent to one queue', () => {
    const resources = (action: string) =>
      new Set(callsOf('ingest').flatMap((call) => (call.action === action ? call.resource : [])));

    const functions = ['plan-run', 'transform-weather', 'publish-run'];
    expect(resources('lambda:InvokeFunction')).toEqual(
      new Set(functions.map((name) => place(`function:${nameOf(name)}`))),
    );
    expect(resources('sqs:SendMessage')).toEqual(new Set([place(`queue:${nameOf('requests.fifo')}`)]));
  });

  it('the state machine may start, follow and stop the children of its maps', () => {
    const own = statementsOf('ingest');
    const map = arn('states', `execution:${nameOf('ingest')}/Fetch:child`);

    expect(
      isAllowed(own, { action: 'states:StartExecution', resource: place(`machine:${nameOf('ingest')}`) }),
    ).toBe(true);
    for (const action of ['states:DescribeExecution', 'states:StopExecution'])
      expect(isAllowed(own, { action, resource: map })).toBe(true);
  });

  it.each(NEVER)('the role of %s may not %s on %s', (role, action, where) => {
    expect(statementsOf(role)).not.toEqual([]);
    expect(isAllowed(statementsOf(role), { action, resource: place(where) })).toBe(false);
  });

  it.each(ROLES)('the role of %s may not list a bucket as a whole, nor what another wrote', (role) => {
    for (const purpose of ['raw', 'processed'] as const) {
      const resource = `arn:aws:s3:::${deployment.dev.bucket(purpose)}`;
      for (const prefix of NEVER_LISTED)
        expect(isAllowed(statementsOf(role), { action: 's3:ListBucket', resource, prefix })).toBe(false);
    }
  });

  it('what it may not do to others it may do where its own lies, so that a refusal means something', () => {
    const may = (role: RoleKind, action: string, where: string) =>
      isAllowed(statementsOf(role), { action, resource: place(where) });

    expect(may('fetch-weather', 's3:PutObject', `raw:${PIPELINE}/a`)).toBe(true);
    expect(may('transform-weather', 's3:PutObject', `processed:_staging/${PIPELINE}/a`)).toBe(true);
    expect(may('publish-run', 's3:PutObject', `processed:_manifests/${PIPELINE}/a`)).toBe(true);
    expect(may('ingest', 'lambda:InvokeFunction', `function:${nameOf('plan-run')}`)).toBe(true);
    expect(may('ingest', 'sqs:SendMessage', `queue:${nameOf('requests.fifo')}`)).toBe(true);
  });

  it('the schedule may start its own state machine, and nothing else', async () => {
    const { target } = await deployment.dev.schedule('ingest');
    const own = statementsOf('ingest-schedule');

    expect(target).toBe(deployment.machineArn);
    expect(isAllowed(own, { action: 'states:StartExecution', resource: target })).toBe(true);
    expect(
      isAllowed(own, { action: 'states:StartExecution', resource: place('machine:weather-prod-ingest') }),
    ).toBe(false);
    expect(
      isAllowed(own, { action: 'lambda:InvokeFunction', resource: place(`function:${nameOf('plan-run')}`) }),
    ).toBe(false);
  });
}
