import type { OrchestratedDeployment } from './orchestrated-deployment';
import { LOCATIONS } from './orchestrated-files';

/** What follows runs with fewer, so that each of it is short. */
export function describeFewerLocations(deployment: OrchestratedDeployment): void {
  it('is an object replaced, and touches no function', async () => {
    const { ingest } = deployment.dev;
    await deployment.synthesize(LOCATIONS);
    await ingest.init();

    const planned = await ingest.plan();
    await ingest.apply();

    expect(planned).toEqual([
      { address: expect.stringMatching(/^aws_s3_object\.Pipeline/), actions: ['update'] },
    ]);
  });
}
