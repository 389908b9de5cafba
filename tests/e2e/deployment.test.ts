import { Deployment } from './deployment/deployment';
import { describeDestroy } from './deployment/describe-destroy';
import { describeEvents } from './deployment/describe-events';
import { describeFreshness } from './deployment/describe-freshness';
import { describeKeyedPlan } from './deployment/describe-keyed-plan';
import { describeLocalRun } from './deployment/describe-local-run';
import { describeOutage } from './deployment/describe-outage';
import { describePermissions } from './deployment/describe-permissions';
import { describePlans } from './deployment/describe-plans';
import { describeResources } from './deployment/describe-resources';
import { describeScheduledRun } from './deployment/describe-scheduled-run';
import { describeTimeLimit } from './deployment/describe-time-limit';

const NOT_SHOWN =
  'What the simulated account cannot show: that IAM, KMS and TLS are enforced, that schedules fire, alarms rise and e-mail ' +
  'arrives, metrics read out of log lines, access logs, answers of Athena, warm starts, throttling by AWS itself ' +
  '(simulators/aws/README.md).';

/** Applied once; what follows goes on from what is before it. */
describe('the shipped stacks on a simulated account', () => {
  const deployment = new Deployment();
  beforeAll(async () => {
    await deployment.start();
    await deployment.apply();
  });
  afterAll(async () => {
    await deployment.stop();
    process.stdout.write(`\n${NOT_SHOWN}\n`);
  });

  describe('after the apply', () => describeResources(deployment));
  describe('npm run diff and npm run drift', () => describePlans(deployment));
  describe('before the first run', () => describeFreshness(deployment, { overdue: 31, level: 'WARN' }));
  describe("the schedule's own input, sent to its own target,", () => describeScheduledRun(deployment));
  describe('after the first run', () => describeFreshness(deployment, { overdue: 0, level: 'INFO' }));
  describe('on this machine', () => describeLocalRun(deployment));
  describe('an event for', () => describeEvents(deployment));
  describe('a source that is', () => describeOutage(deployment));
  describe('on the keyed plan', () => describeKeyedPlan(deployment));
  describe('a run that is short of time', () => describeTimeLimit(deployment));
  describe('in the record of calls', () => describePermissions(deployment));
  describe('a destroy', () => describeDestroy(deployment));
});
