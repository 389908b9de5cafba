import { ConfigError } from '../../../core/errors';
import {
  resourceAt,
  synthesizeBootstrap,
  synthesizeDeployment,
  type Terraform,
} from '../../stacks/synthesize';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function statementsAt(stack: Terraform, path: string): Statement[] {
  const { policy } = resourceAt(stack, path) as { policy: string };
  return JSON.parse(policy).Statement;
}

function subjectsOf(stack: Terraform, role: string): unknown {
  const trust = JSON.parse(resourceAt(stack, `${role}/Role`).assume_role_policy as string);
  const [{ Condition: condition }] = trust.Statement;
  expect(condition.StringEquals['token.actions.githubusercontent.com:aud']).toBe('sts.amazonaws.com');
  return condition.StringEquals['token.actions.githubusercontent.com:sub'];
}

describe('the bootstrap', () => {
  const bootstrap = synthesizeBootstrap();

  it('lets pull requests and the main branch plan, and only an approved environment deploy to itself', () => {
    expect(subjectsOf(bootstrap, 'PlanRole')).toEqual([
      'repo:meteo/weather:pull_request',
      'repo:meteo/weather:ref:refs/heads/main',
    ]);
    expect(subjectsOf(bootstrap, 'DeployRole-dev')).toEqual(['repo:meteo/weather:environment:dev']);
    expect(subjectsOf(bootstrap, 'DeployRole-prod')).toEqual(['repo:meteo/weather:environment:prod']);
  });

  it('lets a plan change nothing', () => {
    const actions = statementsAt(bootstrap, 'PlanRole/Policy').flatMap(({ Action: action }) => action);

    const reading = /^[a-z0-9]+:(Get|List|Describe|Decrypt|Validate)/;
    expect(actions.filter((action) => !reading.test(action))).toEqual([]);
  });

  it('lets a plan read no data and no secret', () => {
    const objects = statementsAt(bootstrap, 'PlanRole/Policy')
      .filter(({ Action: action }) => action.includes('s3:GetObject'))
      .flatMap(({ Resource: resource }) => resource);

    expect(objects.filter((arn) => !/\/config\/\*$|\.tfstate$/.test(arn))).toEqual([]);
    expect(resourceAt(bootstrap, 'PlanRole/Policy').policy).not.toContain('secretsmanager');
  });

  it('lets a deploy write the pipeline with the tags that every resource bears, and replace it by one of another name', () => {
    const statements = statementsAt(bootstrap, 'DeployRole-dev/Policy');
    const actionsOn = (arn: string) =>
      statements
        .filter(({ Resource: resource }) => resource.includes(arn))
        .flatMap(({ Action: action }) => action);

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

  it.each(['deploy', 'state'])(
    'takes no environment named %s, whose prefix its own resources have',
    (name) => {
      expect(() => synthesizeBootstrap({ environments: ['dev', name] })).toThrow(/environments\[1\]/);
    },
  );

  it('lets a deploy reach nothing of another environment', () => {
    const resources = statementsAt(bootstrap, 'DeployRole-dev/Policy').flatMap(
      ({ Resource: resource }) => resource,
    );

    expect(resources.filter((arn) => /prod/.test(arn))).toEqual([]);
    expect(resources.some((arn) => arn.includes('weather-dev-'))).toBe(true);
  });

  it('lets a deploy do nothing to everything, but what takes no resource or must carry the tags of its environment', () => {
    const open = statementsAt(bootstrap, 'DeployRole-dev/Policy').filter(({ Resource: resource }) =>
      resource.includes('*'),
    );

    expect(open.map(({ Sid: sid }) => sid)).toEqual(['FindByName', 'MakeKeys']);
    expect(open[1]!.Condition).toEqual({
      StringEquals: { 'aws:RequestTag/Project': 'ingest-weather-daily', 'aws:RequestTag/Environment': 'dev' },
    });
  });

  it('lets a deploy make no role without the boundary, and hand roles to what the stacks make only', () => {
    const statements = statementsAt(bootstrap, 'DeployRole-dev/Policy');
    const allowing = (action: string) => statements.filter(({ Action: actions }) => actions.includes(action));

    for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary']) {
      expect(allowing(action).map(({ Condition: condition }) => condition)).toEqual([
        { StringEquals: { 'iam:PermissionsBoundary': expect.stringContaining('aws_iam_policy.Boundary') } },
      ]);
    }
    expect(allowing('iam:PassRole').map(({ Condition: condition }) => condition)).toEqual([
      {
        StringEquals: {
          'iam:PassedToService': ['lambda.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com'],
        },
      },
    ]);
    expect(statements.flatMap(({ Action: action }) => action)).not.toContain(
      'iam:DeleteRolePermissionsBoundary',
    );
  });

  it.each(['direct', 'orchestrated'])('bounds roles to what the roles of the stacks ask for, %s', (mode) => {
    const bounded = statementsAt(bootstrap, 'Boundary').flatMap(({ Action: action }) => action);
    const { ingest } = synthesizeDeployment({ environment: { encryption: 'KMS', mode } });

    const asked = Object.values(ingest.resource.aws_iam_role_policy!).flatMap(({ policy }) =>
      JSON.parse(policy as string).Statement.flatMap(({ Action: action }: Statement) => action),
    );

    expect(asked.length).toBeGreaterThan(20);
    expect([...new Set(asked)].filter((action) => !bounded.includes(action))).toEqual([]);
  });

  it('bounds roles to the keys of the project, and to any that a secret lies under', () => {
    const keys = statementsAt(bootstrap, 'Boundary').filter(({ Action: actions }) =>
      actions.includes('kms:Decrypt'),
    );

    expect(keys.map(({ Condition: condition }) => condition)).toEqual([
      { StringEquals: { 'aws:ResourceTag/Project': 'ingest-weather-daily' } },
      {
        StringLike: {
          'kms:EncryptionContext:SecretARN': expect.stringMatching(
            /^arn:aws:secretsmanager:[a-z0-9-]+:\$\{.+\}:secret:\*$/,
          ),
        },
      },
    ]);
  });

  it('keeps the policies of its roles within what IAM takes', () => {
    const account = '123456789012';
    const lengthOf = (path: string) =>
      (resourceAt(bootstrap, path).policy as string).replace(/\$\{[^}]+\}/g, account).length;

    for (const role of ['PlanRole', 'DeployRole-dev', 'DeployRole-prod'])
      expect(lengthOf(`${role}/Policy`)).toBeLessThan(10_240);
    expect(lengthOf('Boundary')).toBeLessThan(6_144);
  });

  it('never lets go of the states', () => {
    expect(resourceAt(bootstrap, 'State/Bucket')).toMatchObject({
      bucket: 'meteo-terraform-state',
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(resourceAt(bootstrap, 'State/Versioning')).toMatchObject({
      versioning_configuration: { status: 'Enabled' },
    });
  });

  it("takes GitHub's provider where the account has it already", () => {
    const { resource } = synthesizeBootstrap({ create_oidc_provider: false });

    expect(resource).not.toHaveProperty('aws_iam_openid_connect_provider');
  });

  it('tells all mistakes of its file at once', () => {
    const mistakes = { github_repository: 'weather', environments: ['my-dev'], state_bucket: 'My State' };

    expect(() => synthesizeBootstrap(mistakes)).toThrow(ConfigError);
    expect(() => synthesizeBootstrap(mistakes)).toThrow(
      /github_repository.*environments\[0\].*state_bucket/s,
    );
  });
});
