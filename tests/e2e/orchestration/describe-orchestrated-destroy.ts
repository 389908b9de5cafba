import { accountContents, EMPTY_ACCOUNT } from '../account/account-contents';
import type { OrchestratedDeployment } from './orchestrated-deployment';

export function describeOrchestratedDestroy(deployment: OrchestratedDeployment): void {
  it('leaves nothing', async () => {
    await deployment.destroy();

    const { lake, ingest, address } = deployment.dev;
    expect([await lake.resources(), await ingest.resources()]).toEqual([[], []]);
    expect(await accountContents(address, deployment.client)).toEqual(EMPTY_ACCOUNT);
  });

  it('was asked of nothing that the account does not know', () => {
    expect(deployment.account.troubles()).not.toMatch(/NotImplemented|Traceback/);
  });
}
