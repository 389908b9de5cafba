import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatedAccount } from './account/simulated-account';
import { Terraform } from './account/terraform';
import { synthesizeStacks } from './deployment/synthesize-stacks';

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

  it('has nothing to change after an apply', async () => {
    expect(await bootstrap.plan()).toEqual([]);
  });

  it('is not destroyed: the states of all environments would be gone', async () => {
    const { code, errors } = await bootstrap.planDestroy();

    expect(code).not.toBe(0);
    expect(errors).toContain('Instance cannot be destroyed');
  });
});
