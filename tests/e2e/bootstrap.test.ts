import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { callTarget } from './account/account-api';
import { PROJECT } from './account/run-command';
import { ACCOUNT_ID, SimulatedAccount } from './account/simulated-account';
import { Terraform } from './account/terraform';
import { synthesizeStacks } from './deployment/synthesize-stacks';
import { stateResources } from './deployment/terraform-state';

describe('the bootstrap stack on an account of its own', () => {
  const root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  let account: SimulatedAccount;
  let bootstrap: Terraform;
  beforeAll(async () => {
    account = await SimulatedAccount.start();
    const stacks = await synthesizeStacks({ root });
    bootstrap = new Terraform(join(stacks, 'weather-bootstrap'), account.endpoint);
    await bootstrap.init();
    await bootstrap.apply();
  });
  afterAll(async () => {
    await account?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('makes the bucket of the state, and roles for planning and deploying each environment', async () => {
    const resources = await bootstrap.resources();

    expect(resources.filter((address) => address.startsWith('aws_s3_bucket.'))).toHaveLength(2);
    expect(resources.filter((address) => address.startsWith('aws_iam_role.')).length).toBeGreaterThan(1);
    expect(resources.join('\n')).toContain('aws_iam_openid_connect_provider.');
  });

  it('tells each environment its role, its boundary and its key', async () => {
    const policy = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:policy/weather-${name}`;

    expect(await bootstrap.outputs()).toMatchObject({
      'DeployRoleArn-dev': `arn:aws:iam::${ACCOUNT_ID}:role/weather-deploy-dev`,
      'PermissionsBoundaryArn-dev': policy('dev-boundary'),
      'PermissionsBoundaryArn-prod': policy('prod-boundary'),
      'KeyArn-prod': expect.stringContaining(':key/'),
    });
  });

  it('has nothing to change after an apply', async () => {
    expect(await bootstrap.plan()).toEqual([]);
  });

  it('is not destroyed: the states of all environments would be gone', async () => {
    const { code, errors } = await bootstrap.planDestroy();

    expect(code).not.toBe(0);
    expect(errors).toContain('Instance cannot be destroyed');
  });
});

describe('an environment that has made its key itself, before it is deployed from GitHub', () => {
  const root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  const environments = join(root, 'environments');
  let account: SimulatedAccount;
  let bootstrap: Terraform;
  let lake: Terraform;
  const synthesize = async (parts: object) => {
    const shipped = join(PROJECT, 'resources/environments');
    const prod = JSON.parse(readFileSync(join(shipped, 'prod.json'), 'utf8'));
    const pipeline = resolve(shipped, prod.pipeline);
    const file = { ...prod, pipeline, state: { backend: 'local' }, ...parts };
    writeFileSync(join(environments, 'prod.json'), JSON.stringify(file));
    const stacks = await synthesizeStacks({ root, environments });
    bootstrap = new Terraform(join(stacks, 'weather-bootstrap'), account.endpoint);
    lake = new Terraform(join(stacks, 'weather-lake-prod'), account.endpoint);
    await lake.init();
  };
  const keys = (stack: string) => stateResources(join(root, `terraform.${stack}.tfstate`), 'aws_kms_key');
  beforeAll(async () => {
    mkdirSync(environments);
    account = await SimulatedAccount.start();
    await synthesize({});
    await lake.apply();
  });
  afterAll(async () => {
    await account?.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('hands that key over to the bootstrap, and goes on with it', async () => {
    const [{ key_id, arn } = {}] = keys('weather-lake-prod');
    await bootstrap.init();
    await bootstrap.import('aws_kms_key.Key-prod_Key_08618402', String(key_id));
    await bootstrap.apply();
    const { 'KeyArn-prod': given } = await bootstrap.outputs();

    await synthesize({ kms_key_arn: given });
    const said = await lake.apply();

    expect(given).toBe(arn);
    expect(said).toContain('0 added, 0 changed, 0 destroyed');
    expect(keys('weather-lake-prod')).toEqual([]);
    expect(await lake.plan()).toEqual([]);
    const address = { endpoint: account.endpoint, region: 'eu-central-1' };
    const { KeyMetadata: found } = await callTarget<{ KeyMetadata: { KeyState: string } }>(
      address,
      'kms',
      'TrentService.DescribeKey',
      { KeyId: key_id },
    );
    expect(found.KeyState).toBe('Enabled');
  });
});
