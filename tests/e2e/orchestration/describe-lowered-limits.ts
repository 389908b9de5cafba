import { until } from '../account/until';
import { dayBefore } from '../deployment/suite-days';
import type { EndedExecution, OrchestratedDeployment } from './orchestrated-deployment';
import { LIMITS, REQUESTS, WINDOWS_MS } from './orchestrated-files';
import { NOTHING_LEFT, WHOLE_DAY } from './whole-day';

const NOTHING = { minute: 0 };
/** Less than one request weighs: each window admits one and refuses the next. */
const LOWERED = { minute: 50 };
const SERVED = 200;
const THROTTLED = 429;

/** The source admits less than the pipeline says, from a moment in mid-run on. */
export function describeLoweredLimits(deployment: OrchestratedDeployment): void {
  const date = dayBefore(11);
  let ended: EndedExecution;
  let first: number;
  const log = () => deployment.source.log.slice(first);
  const answered = () => log().filter(({ status }) => status === SERVED);
  const refused = () => log().filter(({ status }) => status === THROTTLED);

  beforeAll(async () => {
    first = deployment.source.log.length;
    const execution = await deployment.begin(JSON.stringify({ date }));
    await until('answer of the source', () => answered().length > 0);
    deployment.source.setLimits(NOTHING);
    await until('second refusal', () => refused().length >= 2);
    deployment.source.setLimits(LOWERED);
    ended = await deployment.ended(execution);
  });
  afterAll(() => deployment.source.setLimits(LIMITS));

  it('refuses requests, each of which is answered in a later window', () => {
    const windows = new Set(answered().map(({ at }) => Math.floor(at / WINDOWS_MS.minuteMs)));

    expect(refused().length).toBeGreaterThanOrEqual(2);
    expect(answered()).toHaveLength(REQUESTS);
    expect(windows.size).toBeGreaterThanOrEqual(REQUESTS - 2);
  });

  it('delays the day and takes nothing from it', async () => {
    expect(ended).toMatchObject(WHOLE_DAY);
    expect(await deployment.published(date)).toEqual(await deployment.localRun(date));
  });

  it('loses no message, and gives none up', async () => {
    expect(await deployment.command('status')).toMatchObject(NOTHING_LEFT);
  });
}
