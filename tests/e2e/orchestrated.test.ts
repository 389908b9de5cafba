import { describeBackfill } from './orchestration/describe-backfill';
import { describeDuplicateMessage } from './orchestration/describe-duplicate-message';
import { describeFewerLocations } from './orchestration/describe-fewer-locations';
import { describeKilledFunctions } from './orchestration/describe-killed-functions';
import { describeLateRequest } from './orchestration/describe-late-request';
import { describeLoweredLimits } from './orchestration/describe-lowered-limits';
import { describeOrchestratedDestroy } from './orchestration/describe-orchestrated-destroy';
import { describeOrchestratedPermissions } from './orchestration/describe-orchestrated-permissions';
import { describeRefusedRequest } from './orchestration/describe-refused-request';
import { describeScheduledExecution } from './orchestration/describe-scheduled-execution';
import { describeTwoExecutions } from './orchestration/describe-two-executions';
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
  describe('a pipeline with fewer locations', () => describeFewerLocations(deployment));
  describe('a request that is refused for good', () => describeRefusedRequest(deployment));
  describe('a backfill by executions', () => describeBackfill(deployment));
  describe('a source that admits less than the pipeline says', () => describeLoweredLimits(deployment));
  describe('a function that is killed', () => describeKilledFunctions(deployment));
  describe('a message that comes twice', () => describeDuplicateMessage(deployment));
  describe('two executions of one day', () => describeTwoExecutions(deployment));
  describe('a request that ends after its task', () => describeLateRequest(deployment));
  describe('the roles', () => describeOrchestratedPermissions(deployment));
  describe('a destroy', () => describeOrchestratedDestroy(deployment));
});
