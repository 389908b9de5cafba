import { describeBackfill } from './orchestration/describe-backfill';
import { describeOrchestratedDestroy } from './orchestration/describe-orchestrated-destroy';
import { describeOrchestratedPermissions } from './orchestration/describe-orchestrated-permissions';
import { describeRefusedRequest } from './orchestration/describe-refused-request';
import { describeScheduledExecution } from './orchestration/describe-scheduled-execution';
import { OrchestratedDeployment } from './orchestration/orchestrated-deployment';

/** Applied once; what follows goes on from what is before it. */
describe('the shipped stacks in orchestrated mode, on a simulated account', () => {
  const deployment = new OrchestratedDeployment();
  beforeAll(async () => {
    await deployment.start();
    await deployment.apply();
  });
  afterAll(() => deployment.stop());

  it('a second plan changes nothing', async () => {
    const { lake, ingest } = deployment.dev;

    expect([await lake.plan(), await ingest.plan()]).toEqual([[], []]);
  });

  describe("the schedule's own input, sent to its own target,", () => describeScheduledExecution(deployment));
  describe('a request that is refused for good', () => describeRefusedRequest(deployment));
  describe('a backfill by executions', () => describeBackfill(deployment));
  describe('the roles', () => describeOrchestratedPermissions(deployment));
  describe('a destroy', () => describeOrchestratedDestroy(deployment));
});
