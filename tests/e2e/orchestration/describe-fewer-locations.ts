import type { OrchestratedDeployment } from './orchestrated-deployment';
import { LOCATIONS } from './orchestrated-files';

/** What follows runs with fewer, so that each of it is short. */
export function describeFewerLocations(deployment: OrchestratedDeployment): void {
  it('is an object replaced, and touches no function', async () => {
    const { ingest } = deployment.dev;
    await deployment.synthesize(LOCATIONS);
    await ingest.init();

    const said = await ingest.apply();

    expect(said).toMatch(/^aws_s3_object\.Pipeline\w*: Modifications complete/m);
    expect(said).toContain('0 added, 1 changed, 0 destroyed');
  });
}
