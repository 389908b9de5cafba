import { dayBefore } from '../deployment/suite-days';
import { messageCounts } from './fetch-function';
import type { EndedExecution, OrchestratedDeployment } from './orchestrated-deployment';
import { REQUESTS } from './orchestrated-files';
import { NOTHING_LEFT, WHOLE_DAY } from './whole-day';

const SERVED = 200;

/** Two executions of one day at the same time send the same requests within the minutes in which a queue drops equals. */
export function describeTwoExecutions(deployment: OrchestratedDeployment): void {
  const date = dayBefore(14);
  let ended: readonly EndedExecution[];
  let first: number;
  let sent: number;

  beforeAll(async () => {
    first = deployment.source.log.length;
    sent = (await messageCounts(deployment)).RequestsSent;
    const input = JSON.stringify({ date });
    const started = [await deployment.begin(input), await deployment.begin(input)];
    ended = await Promise.all(started.map((execution) => deployment.ended(execution)));
  });

  it('both end, each with an answer to every request of its own', async () => {
    expect(ended).toMatchObject([WHOLE_DAY, WHOLE_DAY]);
    const log = deployment.source.log.slice(first);
    expect(log.map(({ status }) => status)).toEqual(Array(2 * REQUESTS).fill(SERVED));
    expect((await messageCounts(deployment)).RequestsSent - sent).toBe(2 * REQUESTS);
  });

  it('leave one whole day, to the byte that of the command on this machine', async () => {
    expect(await deployment.published(date)).toEqual(await deployment.localRun(date));
    expect(await deployment.command('status')).toMatchObject(NOTHING_LEFT);
  });
}
