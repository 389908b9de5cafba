import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accountContents, EMPTY_ACCOUNT } from '../account/account-contents';
import { Terraform } from '../account/terraform';
import type { Deployment } from './deployment';

/** The end: what is protected stays, what is not leaves nothing. */
export function describeDestroy(deployment: Deployment): void {
  it('of a protected environment is refused before anything is gone', async () => {
    const root = join(deployment.root, 'protected');
    mkdirSync(root);
    await deployment.synthesize(root, true);
    const state = 'terraform.weather-lake-prod.tfstate';
    copyFileSync(join(deployment.root, state), join(root, state));
    const lake = new Terraform(join(root, 'cdktf.out/stacks/weather-lake-prod'), deployment.account.endpoint);
    await lake.init();

    const { code, errors } = await lake.planDestroy();

    expect(code).not.toBe(0);
    expect(errors).toContain('Instance cannot be destroyed');
    expect(errors).toMatch(/aws_s3_bucket\.Processed_Bucket/);
    expect(errors).toMatch(/aws_s3_bucket\.Raw_Bucket/);
    expect(errors).toMatch(/aws_kms_key\./);
  });

  it('of one that is not leaves nothing, full buckets included', async () => {
    await deployment.destroy();

    for (const { lake, ingest } of deployment.environments) {
      expect([await lake.resources(), await ingest.resources()]).toEqual([[], []]);
    }
    expect(await accountContents(deployment.dev.address, deployment.client)).toEqual(EMPTY_ACCOUNT);
  });

  it('was asked of nothing that the account does not know', () => {
    expect(deployment.account.troubles()).not.toMatch(/NotImplemented|Traceback/);
  });
}
