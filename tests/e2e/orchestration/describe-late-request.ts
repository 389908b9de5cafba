import { readManifest } from '../../../core/manifest/manifest-store';
import { readRequestEnd } from '../../../core/orchestration/request-end';
import { until } from '../account/until';
import { PIPELINE } from '../deployment/describe-scheduled-run';
import { dayBefore } from '../deployment/suite-days';
import { messageCounts } from './fetch-function';
import type { EndedExecution, OrchestratedDeployment } from './orchestrated-deployment';
import { LOCATIONS, REQUESTS } from './orchestrated-files';
import { RequestsQueue } from './requests-queue';
import { NOTHING_LEFT } from './whole-day';

const TASK_LIMIT = /("TimeoutSeconds":\s*)172800\b/;
/** Stands for the two days that a task waits: more than the requests that are answered take. */
const TASK_SECONDS = 60;
const SERVED = 200;
const DOWN = 503;

/** A request that is answered only when its task no longer waits. */
export function describeLateRequest(deployment: OrchestratedDeployment): void {
  const date = dayBefore(15);
  const queue = new RequestsQueue(deployment);
  let definition: string;
  let ended: EndedExecution;
  let runId: string;
  let gone: number;
  let redriven: string;
  const processed = () => deployment.dev.store('processed');
  const manifest = () => readManifest(processed(), PIPELINE, date);

  beforeAll(async () => {
    gone = (await messageCounts(deployment)).TokensGone;
    definition = await deployment.definition();
    await deployment.setDefinition(definition.replace(TASK_LIMIT, `$1${TASK_SECONDS}`));
    const when = { section: 'daily', locationId: LOCATIONS, nth: 1 } as const;
    deployment.source.setFaults([{ when, fault: { kind: 'status', status: DOWN, body: 'down' } }]);
    const first = deployment.source.log.length;
    const counted = (wanted: number) =>
      deployment.source.log.slice(first).filter(({ status }) => status === wanted).length;

    const execution = await deployment.begin(JSON.stringify({ date }));
    await until(
      'answer to every other request',
      () => counted(SERVED) === REQUESTS - 1 && counted(DOWN) === 1,
    );
    // The second attempt, a minute after the first, waits until it is late for certain.
    await queue.deliver(false);
    ended = await deployment.ended(execution);
  });
  afterAll(async () => {
    deployment.source.setFaults([]);
    await deployment.setDefinition(definition);
  });

  it('is told from one that waits as long as it takes', () => {
    expect(definition).toMatch(TASK_LIMIT);
  });

  it('leaves the day partial, with why', async () => {
    expect(ended).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        dates: { published: 1, partial: 1 },
        requests: { planned: REQUESTS, answered: REQUESTS - 1, failed: 1 },
      },
    });
    const published = await manifest();
    expect(published).toMatchObject({ partial: true });
    runId = published!.run_id;
    expect(await deployment.command('status')).toMatchObject({ partial: [{ date }], dead_letters: [] });
  });

  it('is redriven without waiting for it', async () => {
    await deployment.setDefinition(definition);

    const report = await deployment.command('redrive', '--from', date, '--to', date);

    expect(report).toMatchObject({ executions: [{ how: 'started', requests: 1 }] });
    redriven = report.executions[0].name;
  });

  it('still is kept raw and noted, ends quietly and is counted', async () => {
    const run = { pipeline: PIPELINE, runId };
    const end = () => readRequestEnd(processed(), run, REQUESTS - 1);
    expect(await end()).toBeUndefined();

    await queue.deliver(true);
    await until('lost token', async () => (await messageCounts(deployment)).TokensGone === gone + 1);

    const late = await end();
    expect(late).toMatchObject({ outcome: 'answered' });
    const key = late?.outcome === 'answered' ? late.raw.key : '';
    expect(await deployment.dev.store('raw').head(key)).toBeDefined();
  });

  it('is of no use to its day: the redrive completes it', async () => {
    expect(await deployment.ended(redriven)).toMatchObject({
      status: 'SUCCEEDED',
      output: { dates: { published: 1, partial: 0 } },
    });
    expect(await manifest()).toMatchObject({ partial: false });
    expect(await deployment.published(date)).toEqual(await deployment.localRun(date));
    expect(await deployment.command('status')).toMatchObject({ ...NOTHING_LEFT, partial: [] });
  });
}
