import { dayBefore, SCHEDULED_TIME } from '../deployment/suite-days';
import { messageCounts } from './fetch-function';
import type { EndedExecution, OrchestratedDeployment } from './orchestrated-deployment';
import { LIMITS, LOCATIONS_PER_REQUEST, MANY_LOCATIONS, requestsOf, WINDOWS_MS } from './orchestrated-files';

const TABLES = 3;
const REQUESTS = requestsOf(MANY_LOCATIONS);
const THROTTLED = 429;
const SERVED = 200;

/** The day's run as the schedule starts it: many requests through the buffer, one after the other. */
export function describeScheduledExecution(deployment: OrchestratedDeployment): void {
  let ended: EndedExecution;
  let local: Map<string, Buffer>;
  beforeAll(async () => {
    const runs = [deployment.fire(SCHEDULED_TIME), deployment.localRun(dayBefore(0))] as const;
    [ended, local] = await Promise.all(runs);
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

  it('waits for a quota that holds the day in several windows only, and is never told to', async () => {
    const { log } = deployment.source;
    const windows = new Set(log.map(({ at }) => Math.floor(at / WINDOWS_MS.minuteMs)));
    const weight = log.reduce((sum, { weight }) => sum + weight, 0);

    expect(log.filter(({ status }) => status === THROTTLED)).toEqual([]);
    expect(log.filter(({ status }) => status === SERVED)).toHaveLength(REQUESTS);
    expect(weight).toBeGreaterThan(2 * MANY_LOCATIONS);
    expect(windows.size).toBeGreaterThanOrEqual(Math.ceil(weight / LIMITS.minute));
    expect((await messageCounts(deployment)).RequestsHeld).toBeGreaterThan(0);
  });

  it('the very same files, to the byte, as the command on this machine', async () => {
    expect(local.size).toBe((TABLES * MANY_LOCATIONS) / LOCATIONS_PER_REQUEST);
    expect(await deployment.published(dayBefore(0))).toEqual(local);
  });
}
