import { dayBefore, SCHEDULED_TIME } from '../deployment/suite-days';
import type { EndedExecution, OrchestratedDeployment } from './orchestrated-deployment';
import { LOCATIONS, LOCATIONS_PER_REQUEST, REQUESTS } from './orchestrated-files';

const TABLES = 3;
const THROTTLED = 429;
const SERVED = 200;

/** The day's run as the schedule starts it: many requests through the buffer, one after the other. */
export function describeScheduledExecution(deployment: OrchestratedDeployment): void {
  let ended: EndedExecution;
  beforeAll(async () => {
    ended = await deployment.fire(SCHEDULED_TIME);
  });

  it('publishes the day', () => {
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        dates: { published: 1, partial: 0 },
        requests: { planned: REQUESTS, answered: REQUESTS, failed: 0 },
      },
    });
  });

  it('keeps to a quota that does not hold the day in one window, and is never told to wait', () => {
    const { log } = deployment.source;

    expect(log.filter(({ status }) => status === THROTTLED)).toEqual([]);
    expect(log.filter(({ status }) => status === SERVED)).toHaveLength(REQUESTS);
    expect(log.reduce((sum, { weight }) => sum + weight, 0)).toBeGreaterThan(2 * LOCATIONS);
  });

  it('the very same files, to the byte, as the command on this machine', async () => {
    const local = await deployment.localRun(dayBefore(0));

    expect(local.size).toBe((TABLES * LOCATIONS) / LOCATIONS_PER_REQUEST);
    expect(await deployment.published(dayBefore(0))).toEqual(local);
  });
}
