import { filledStatements } from '../../../scripts/policies/reference/filled-policy';
import { isAllowed, type Statement } from '../../e2e/account/is-allowed';
import { ACCOUNT, BootstrapPolicies } from '../../stacks/bootstrap-policies';
import { synthesizeBootstrap, synthesizeDeployment } from '../../stacks/synthesize';
import { pipelineOf } from '../../weather/pipeline-of';

const SECRET = `arn:aws:secretsmanager:eu-central-1:${ACCOUNT}:secret:open-meteo-AbCdEf`;
const SECRET_KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/99999999-12ab-34cd-56ef-1234567890ab`;
/** Of nobody here: the account's own, whose policy leaves it to IAM. */
const FOREIGN_KEY = `arn:aws:kms:eu-central-1:${ACCOUNT}:key/88888888-12ab-34cd-56ef-1234567890ab`;

function actionsOf(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Action: action }) => action);
}

function resourcesOf(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Resource: resource }) => resource);
}

describe('what the bootstrap allows', () => {
  const policies = new BootstrapPolicies(synthesizeBootstrap());
  const [dev, prod] = [policies.of('DeployRole-dev'), policies.of('DeployRole-prod')];

  it('lets a plan change nothing', () => {
    const reading = /^[a-z0-9]+:(Get|List|Describe|Decrypt|Validate)/;

    expect(actionsOf(policies.of('PlanRole')).filter((action) => !reading.test(action))).toEqual([]);
  });

  it('lets a plan read no data and no secret, and decrypt by the keys of its environments alone', () => {
    const plan = policies.of('PlanRole');
    const objects = plan.filter(({ Action: action }) => action.includes('s3:GetObject'));
    const decrypting = plan.filter(({ Action: action }) => action.includes('kms:Decrypt'));

    expect(resourcesOf(objects).filter((arn) => !/\/config\/\*$|\.tfstate$/.test(arn))).toEqual([]);
    expect(actionsOf(plan).filter((action) => action.startsWith('secretsmanager'))).toEqual([]);
    expect(resourcesOf(decrypting)).toEqual([policies.keyArn('prod')]);
  });

  it('lets a deploy write the pipeline with the tags that every resource bears, and replace it by one of another name', () => {
    const actionsOn = (arn: string) =>
      actionsOf(dev.filter(({ Resource: resource }) => resource.includes(arn)));

    expect(actionsOn('arn:aws:s3:::weather-dev-*/config/*')).toEqual(
      expect.arrayContaining([
        's3:PutObject',
        's3:PutObjectTagging',
        's3:DeleteObject',
        's3:DeleteObjectVersion',
      ]),
    );
    expect(actionsOn('arn:aws:s3:::weather-dev-*')).toContain('s3:ListBucketVersions');
  });

  it('lets a deploy reach nothing of another environment', () => {
    expect(resourcesOf(dev).filter((arn) => /prod/.test(arn))).toEqual([]);
    expect(resourcesOf(dev).some((arn) => arn.includes('weather-dev-'))).toBe(true);
  });

  it('lets a deploy do nothing to everything, but what takes no resource', () => {
    const open = dev.filter(({ Resource: resource }) => resource.includes('*'));

    expect(actionsOf(open).sort()).toEqual([
      'lambda:CreateEventSourceMapping',
      'logs:DescribeLogGroups',
      'sns:GetSubscriptionAttributes',
      'sns:SetSubscriptionAttributes',
      'sns:Unsubscribe',
      'states:ValidateStateMachineDefinition',
    ]);
  });

  it('lets a deploy make event source mappings to its own functions, which have no ARN before they are made', () => {
    const make = (target: string) =>
      isAllowed(dev, {
        action: 'lambda:CreateEventSourceMapping',
        resource: '*',
        context: { 'lambda:FunctionArn': `arn:aws:lambda:eu-central-1:${ACCOUNT}:function:${target}` },
      });

    expect(make('weather-dev-fetch-weather')).toBe(true);
    expect(make('weather-prod-fetch-weather')).toBe(false);
  });

  it('lets a deploy tag buckets through S3 Control, and a plan read their tags', () => {
    const raw = `arn:aws:s3:::weather-dev-raw-${ACCOUNT}`;
    const mayOn = (statements: readonly Statement[], resource: string) =>
      ['s3:TagResource', 's3:UntagResource', 's3:ListTagsForResource'].filter((action) =>
        isAllowed(statements, { action, resource }),
      );

    expect(mayOn(dev, raw)).toEqual(['s3:TagResource', 's3:UntagResource', 's3:ListTagsForResource']);
    expect(mayOn(policies.of('PlanRole'), raw)).toEqual(['s3:ListTagsForResource']);
    expect(mayOn(prod, raw)).toEqual([]);
  });

  it.each(['PlanRole', 'DeployRole-dev'])('lets %s see that a state is not there yet', (role) => {
    const bucket = 'arn:aws:s3:::meteo-terraform-state';

    // Reading an object is no listing: S3 answers 404 only to those that may list without a prefix.
    expect(isAllowed(policies.of(role), { action: 's3:ListBucket', resource: bucket, prefix: null })).toBe(
      true,
    );
  });

  it('lets a deploy delete the database of its catalogue, which is an action on the functions in it as well', () => {
    const may = (resource: string) =>
      isAllowed(dev, {
        action: 'glue:DeleteDatabase',
        resource: `arn:aws:glue:eu-central-1:${ACCOUNT}:${resource}`,
      });

    expect(may('database/weather_dev')).toBe(true);
    expect(may('userDefinedFunction/weather_dev/any')).toBe(true);
    expect(may('userDefinedFunction/weather_prod/any')).toBe(false);
  });

  const lent = { context: { 'kms:GrantIsForAWSResource': 'true' } };
  it.each([
    ['dev', 'DeployRole-dev'],
    ['prod', 'DeployRole-prod'],
    ['every environment', 'PlanRole'],
  ])('lets the role for %s make, tag and change no key, its own neither', (_, role) => {
    const changing = /^kms:(?!(DescribeKey|Decrypt|Encrypt|GenerateDataKey|CreateGrant)$)/;

    expect(actionsOf(policies.of(role)).filter((action) => changing.test(action))).toEqual([]);
    for (const resource of ['*', policies.keyArn('prod'), FOREIGN_KEY])
      for (const action of [
        'kms:CreateKey',
        'kms:TagResource',
        'kms:PutKeyPolicy',
        'kms:ScheduleKeyDeletion',
      ])
        expect(isAllowed(policies.of(role), { action, resource, ...lent })).toBe(false);
  });

  it('lets a deploy use the key of its environment, and no other', () => {
    const using = ['kms:DescribeKey', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:CreateGrant'];
    const may = (statements: readonly Statement[], resource: string) =>
      using.filter((action) => isAllowed(statements, { action, resource, ...lent }));

    expect(may(prod, policies.keyArn('prod'))).toEqual(using);
    expect(may(dev, policies.keyArn('prod'))).toEqual([]);
    expect([...may(dev, FOREIGN_KEY), ...may(prod, FOREIGN_KEY)]).toEqual([]);
  });

  it('lets a deploy lend the key to services of AWS alone', () => {
    const lend = { action: 'kms:CreateGrant', resource: policies.keyArn('prod') };

    expect(isAllowed(prod, { ...lend, context: { 'kms:GrantIsForAWSResource': 'false' } })).toBe(false);
  });

  it('lets a deploy make roles of its environment within its boundary, and hand roles to what the stacks make only', () => {
    const make = (action: string, boundary: string | null, role = 'weather-dev-x') =>
      isAllowed(dev, {
        action,
        resource: `arn:aws:iam::${ACCOUNT}:role/${role}`,
        context: { 'iam:PermissionsBoundary': boundary },
      });
    const own = policies.boundaryArn('dev');

    for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary']) {
      expect(make(action, own)).toBe(true);
      for (const other of [
        null,
        policies.boundaryArn('prod'),
        `arn:aws:iam::${ACCOUNT}:policy/weather-dev-x`,
      ])
        expect(make(action, other)).toBe(false);
      for (const role of ['weather-prod-x', 'weather-plan', 'weather-deploy-dev'])
        expect(make(action, own, role)).toBe(false);
    }
    const passing = dev.filter(({ Action: actions }) => actions.includes('iam:PassRole'));
    expect(passing.map(({ Condition: condition }) => condition)).toEqual([
      {
        StringEquals: {
          'iam:PassedToService': ['lambda.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com'],
        },
      },
    ]);
  });

  it('lets no role loosen a boundary, nor change a policy that its rights come from', () => {
    const loosening =
      /^iam:(\*|DeleteRolePermissionsBoundary|(Create|Delete|Tag|Untag)Policy|(Create|Delete)PolicyVersion|SetDefault|Attach|Detach)/;

    for (const role of ['PlanRole', 'DeployRole-dev', 'DeployRole-prod'])
      expect(actionsOf(policies.of(role)).filter((action) => loosening.test(action))).toEqual([]);
  });
});

describe('the boundary holds the roles of an environment', () => {
  const keyed = new BootstrapPolicies(
    synthesizeBootstrap({
      environments: {
        dev: {},
        prod: {
          encryption: 'KMS',
          api_key_secret_arn: SECRET,
          api_key_secret_kms_key_arn: SECRET_KEY,
        },
      },
    }),
  );
  const may = (environment: string, action: string, resource: string, secret: string | null = null) =>
    isAllowed(keyed.boundary(environment), {
      action,
      resource,
      context: { 'kms:EncryptionContext:SecretARN': secret },
    });

  it.each(['direct', 'orchestrated'])('to what the roles of the stacks ask for, %s', (mode) => {
    const bounded = actionsOf(keyed.boundary('prod'));
    const { ingest } = synthesizeDeployment({ environment: { encryption: 'KMS', mode } });

    const asked = Object.values(ingest.resource.aws_iam_role_policy!).flatMap(({ policy }) =>
      actionsOf(JSON.parse(policy as string).Statement),
    );

    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((action) => !bounded.includes(action))).toEqual([]);
  });

  it.each(['direct', 'orchestrated'])('to no less than their policies grant, %s', (mode) => {
    const parts = {
      mode,
      encryption: 'KMS',
      kms_key_arn: keyed.keyArn('prod'),
      api_key_secret_arn: SECRET,
      api_key_secret_kms_key_arn: SECRET_KEY,
    };
    const pipeline = pipelineOf({ source: { plan: 'keyed' } });
    const { ingest } = synthesizeDeployment({ environment: parts, name: 'prod', pipeline });

    const granted = Object.values(ingest.resource.aws_iam_role_policy!).flatMap(({ policy }) =>
      filledStatements(policy as string).flatMap(({ Action: actions, Resource: resources = [] }) =>
        [actions]
          .flat()
          .flatMap((action) => [resources].flat().map((resource) => [action, resource] as const)),
      ),
    );
    const cut = granted.filter(([action, resource]) => !may('prod', action, named(resource), SECRET));

    expect(granted.length).toBeGreaterThan(40);
    expect(cut).toEqual([]);
  });

  /** As things are called in the environment, in place of what the references of a stack are filled with. */
  function named(arn: string): string {
    const name = arn.includes(':log-group:') ? '/aws/lambda/weather-prod-x' : 'weather-prod-x';
    return arn.replace('NAME', name);
  }

  it('to tasks whose token they were sent: ending one takes no resource', () => {
    for (const action of ['states:SendTaskSuccess', 'states:SendTaskFailure'])
      expect(may('dev', action, '*')).toBe(true);
    expect(may('dev', 'states:StartExecution', '*')).toBe(false);
  });

  it('to its own buckets', () => {
    for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']) {
      expect(may('dev', action, `arn:aws:s3:::weather-dev-raw-${ACCOUNT}/a`)).toBe(true);
      expect(may('dev', action, `arn:aws:s3:::weather-prod-raw-${ACCOUNT}/a`)).toBe(false);
      expect(may('dev', action, 'arn:aws:s3:::meteo-terraform-state/a')).toBe(false);
    }
    expect(resourcesOf(keyed.boundary('dev')).filter((arn) => arn.includes('prod'))).toEqual([]);
  });

  it('to the one secret that is named, none if none is', () => {
    const read = 'secretsmanager:GetSecretValue';

    expect(may('prod', read, SECRET)).toBe(true);
    expect(may('prod', read, SECRET.replace('open-meteo', 'payroll'))).toBe(false);
    expect(may('dev', read, SECRET)).toBe(false);
  });

  it('to its own key, and to decrypting the secret, and it alone, by the key under which it lies', () => {
    const key = keyed.keyArn('prod');

    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
      expect(may('prod', action, key)).toBe(true);
      expect(may('dev', action, key)).toBe(false);
      expect(may('prod', action, FOREIGN_KEY)).toBe(false);
    }
    expect(may('prod', 'kms:Decrypt', SECRET_KEY, SECRET)).toBe(true);
    expect(may('prod', 'kms:Decrypt', SECRET_KEY)).toBe(false);
    expect(may('prod', 'kms:Decrypt', SECRET_KEY, SECRET.replace('open-meteo', 'payroll'))).toBe(false);
    expect(may('prod', 'kms:GenerateDataKey', SECRET_KEY, SECRET)).toBe(false);
    expect(may('dev', 'kms:Decrypt', SECRET_KEY, SECRET)).toBe(false);
  });
});
