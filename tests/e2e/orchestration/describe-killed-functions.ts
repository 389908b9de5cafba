import { killFunction } from '../account/functions';
import { until } from '../account/until';
import { dayBefore } from '../deployment/suite-days';
import { FETCH, linesOf, TRANSFORM } from './fetch-function';
import type { EndedExecution, OrchestratedDeployment } from './orchestrated-deployment';
import { REQUESTS } from './orchestrated-files';
import { RequestsQueue } from './requests-queue';
import { NOTHING_LEFT, WHOLE_DAY } from './whole-day';

const KILLED = /Runtime exited with error: signal: killed/;
/** Longer than any request of the suite takes, so that the process is found while it waits. */
const SLOW_MS = 60_000;
const SLOW_REQUEST = 3;
const SERVED = 200;
/**
 * What a function received that died comes back with the end of its visibility: six times the function's time limit, some
 * minutes. For this run alone the queue is told otherwise.
 */
const VISIBILITY_SECONDS = 30;

/** Functions that end in mid-run without a word: SIGKILL leaves them no time for one. */
export function describeKilledFunctions(deployment: OrchestratedDeployment): void {
  const date = dayBefore(12);
  const queue = new RequestsQueue(deployment);
  let ended: EndedExecution;
  let first: number;
  let visibility: number;
  const kill = (name: string) => killFunction(deployment.dev.address, name);
  const log = () => deployment.source.log.slice(first);

  beforeAll(async () => {
    first = deployment.source.log.length;
    visibility = await queue.visibilitySeconds();
    await queue.setVisibilitySeconds(VISIBILITY_SECONDS);
    const slow = { kind: 'slow', ms: SLOW_MS } as const;
    deployment.source.setFaults([{ when: { nth: SLOW_REQUEST }, fault: slow }]);
  });
  afterAll(async () => {
    deployment.source.setFaults([]);
    await queue.setVisibilitySeconds(visibility);
  });

  it('one that waits for the source dies, and its request is sent again', async () => {
    const execution = await deployment.begin(JSON.stringify({ date }));
    await until('request that waits', () => log().length === SLOW_REQUEST);

    expect(await kill(FETCH)).toBe(1);

    await until('function that stages', async () => (await kill(TRANSFORM)) > 0);
    ended = await deployment.ended(execution);
    const sent = log().map(({ status }) => status);
    expect(sent).toEqual([SERVED, SERVED, 0, ...Array(REQUESTS - SLOW_REQUEST + 1).fill(SERVED)]);
    expect((await linesOf(deployment, FETCH)).filter((line) => KILLED.test(line))).toHaveLength(1);
  });

  it('those that stage die, and their slots are staged again', async () => {
    expect((await linesOf(deployment, TRANSFORM)).some((line) => KILLED.test(line))).toBe(true);
    expect(ended).toMatchObject(WHOLE_DAY);
  });

  it('nothing is lost by it, and no byte is another', async () => {
    expect(await deployment.command('status')).toMatchObject(NOTHING_LEFT);
    expect(await deployment.published(date)).toEqual(await deployment.localRun(date));
  });
}
