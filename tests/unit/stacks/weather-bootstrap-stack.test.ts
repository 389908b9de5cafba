import { LONGEST, MOST_ENVIRONMENTS } from '../../../core/environment/bootstrap-schema';
import { ACCOUNT, BootstrapPolicies } from '../../stacks/bootstrap-policies';
import {
  addressesOf,
  resourceAt,
  synthesizeBootstrap,
  synthesizeDeployment,
  type Terraform,
} from '../../stacks/synthesize';

/** What AWS takes of a policy that stands by itself, and of such policies on a role. */
const LONGEST_POLICY = 6_144;
const MOST_POLICIES = 10;

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

  it('trusts tokens that carry the ids of owner and repository where it is told them, and those alone', () => {
    const withIds = synthesizeBootstrap({ github_ids: { owner: 9_001, repository: 1_318_865_130 } });

    expect(subjectsOf(withIds, 'PlanRole')).toEqual([
      'repo:meteo@9001/weather@1318865130:pull_request',
      'repo:meteo@9001/weather@1318865130:ref:refs/heads/main',
    ]);
    expect(subjectsOf(withIds, 'DeployRole-prod')).toEqual([
      'repo:meteo@9001/weather@1318865130:environment:prod',
    ]);
  });

  it('works in the account that its file names, and in any where it names none', () => {
    const { provider } = synthesizeBootstrap({ account_id: '123456789012' });

    expect(provider.aws![0]!.allowed_account_ids).toEqual(['123456789012']);
    expect(bootstrap.provider.aws![0]!.allowed_account_ids).toBeUndefined();
  });

  it('makes one key for each environment that says KMS, as the lake makes its own', () => {
    const { lake } = synthesizeDeployment({ environment: { encryption: 'KMS' } });
    const { policy, enable_key_rotation } = resourceAt(lake, 'Key/Key');

    expect(resourceAt(bootstrap, 'Key-prod/Key')).toMatchObject({
      policy,
      enable_key_rotation,
      lifecycle: { prevent_destroy: true },
    });
    expect(resourceAt(bootstrap, 'Key-prod/Alias').name).toBe('alias/weather-prod');
    expect(addressesOf(bootstrap).filter((address) => address.startsWith('aws_kms_key.'))).toHaveLength(1);
    expect(bootstrap.output).toHaveProperty('KeyArn-prod');
    expect(bootstrap.output).not.toHaveProperty('KeyArn-dev');
  });

  it('keeps every policy, and their number, within what IAM takes of the longest file', () => {
    const region = `us-${'a'.repeat(LONGEST.region - 'us--1'.length)}-1`;
    const arn = (service: string, length: number, kind: string, end: string) =>
      `arn:aws:${service}:${region}:${ACCOUNT}:${kind}`.padEnd(length - end.length, '0') + end;
    const environment = {
      encryption: 'KMS',
      api_key_secret_arn: arn('secretsmanager', LONGEST.secretArn, 'secret:', '-AbCdEf'),
      api_key_secret_kms_key_arn: arn('kms', LONGEST.keyArn, 'key/mrk-', ''),
    };
    const names = Array.from({ length: MOST_ENVIRONMENTS }, (_, index) => `twelvelette${index}`);
    const longest = new BootstrapPolicies(
      synthesizeBootstrap({
        name: 'sixteen-letters1',
        region,
        environments: Object.fromEntries(names.map((name) => [name, environment])),
        state_bucket: 'b'.repeat(63),
        state_key_prefix: `${'f'.repeat(LONGEST.stateKeyPrefix - 1)}/`,
      }),
      region,
    );

    for (const role of ['PlanRole', ...names.map((name) => `DeployRole-${name}`)]) {
      const texts = longest.textsOf(role);
      expect(texts.length).toBeLessThanOrEqual(MOST_POLICIES);
      expect(texts.filter(({ length }) => length > LONGEST_POLICY)).toEqual([]);
    }
    for (const name of names) expect(longest.boundaryText(name).length).toBeLessThanOrEqual(LONGEST_POLICY);
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
});
