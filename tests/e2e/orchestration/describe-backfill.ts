import { type Day, daysBetween } from '../../../core/time/day';
import { documentOf, type Ended, logsOf } from '../../integration/cli/built-command';
import { until } from '../account/until';
import { FollowedBackfill } from './followed-backfill';
import type { OrchestratedDeployment } from './orchestrated-deployment';
import { REQUESTS } from './orchestrated-files';

/** Over the end of a year, where runs of days are cut. */
const SPAN = { from: '2024-12-30' as Day, to: '2025-01-02' as Day };
const DAYS = daysBetween(SPAN.from, SPAN.to);
const PARTS = [
  { from: '2024-12-30', to: '2024-12-31', days: 2, requests: REQUESTS },
  { from: '2025-01-01', to: '2025-01-02', days: 2, requests: REQUESTS },
];
const STOPPED_SPAN = { from: '2025-02-03' as Day, to: '2025-02-04' as Day };
const SERVED = 200;

/** Many days by executions one after the other, which the command starts and follows. */
export function describeBackfill(deployment: OrchestratedDeployment): void {
  let backfill: FollowedBackfill;
  beforeAll(async () => {
    backfill = await FollowedBackfill.prepare(deployment);
  });
  afterAll(() => backfill?.close());

  /** Requests served for a span, each by what was asked. */
  const asked = ({ from, to }: { from: Day; to: Day }) =>
    deployment.source.log
      .filter(({ status, query }) => status === SERVED && isWithin(query, from, to))
      .map(({ path, query }) => JSON.stringify([path, query]));
  const manifests = async (days: readonly Day[]) => {
    const { partial, published } = await deployment.command('status');
    return {
      days: published.days as number,
      partial: partial.filter(({ date }: { date: Day }) => days.includes(date)),
    };
  };

  describe('that is interrupted and run again', () => {
    let first: string;
    let interrupted: Ended;
    let second: Ended;
    let seen: Awaited<ReturnType<FollowedBackfill['watch']>>;
    let publishedBefore: number;
    beforeAll(async () => {
      publishedBefore = (await manifests([])).days;
      const running = backfill.start(SPAN);
      first = await running.following;
      running.interrupt();
      interrupted = await running.ended;
      const again = backfill.start(SPAN);
      seen = await backfill.watch(first);
      second = await again.ended;
    });

    it('stops at once, and leaves its first execution running', () => {
      expect(interrupted.code).toBe(130);
      expect(first).toMatch(/^backfill-2024-12-30-2024-12-31-[0-9a-f]{8}$/);
    });

    it('goes on with that execution, then starts the next one', () => {
      expect(second.code).toBe(0);
      expect(documentOf(second)).toMatchObject({
        environment: 'dev',
        executions: [
          { ...PARTS[0], name: first, how: 'running', state: 'succeeded' },
          { ...PARTS[1], how: 'started', state: 'succeeded' },
        ],
      });
    });

    it('counts from the map runs how many requests are answered and days published', () => {
      const requests = seen.flatMap(([fetch]) => fetch ?? []);
      const dates = seen.flatMap(([, , publish]) => publish ?? []);

      expect(requests.at(-1)).toEqual({ total: REQUESTS, done: REQUESTS });
      expect(dates.at(-1)).toEqual({ total: 2, done: 2 });
      const done = requests.map((one) => one.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(new Set(done).size).toBeGreaterThan(2);
    });

    it('tells of progress that grows up to all of it', () => {
      const lines = logsOf(second).filter(({ message }) => message === 'Run progress');
      const done = lines.map(({ requests_done }) => requests_done);

      expect(lines.length).toBeGreaterThan(1);
      for (const line of lines) expect(line).toMatchObject({ days: DAYS.length, requests: 2 * REQUESTS });
      expect(done).toEqual([...done].sort((a, b) => a - b));
      expect(done[0]).toBeLessThan(2 * REQUESTS);
      expect(lines.at(-1)).toMatchObject({ days_done: DAYS.length, requests_done: 2 * REQUESTS });
    });

    it('publishes every day whole', async () => {
      expect(await manifests(DAYS)).toEqual({ days: publishedBefore + DAYS.length, partial: [] });
    });

    it('the very same files, to the byte, as the command on this machine', async () => {
      const [date] = DAYS;

      expect(await deployment.published(date!)).toEqual(await deployment.localRun(date!));
    });

    it('asks the source for nothing twice', () => {
      const all = asked(SPAN);

      expect(all).toHaveLength(2 * REQUESTS);
      expect(new Set(all).size).toBe(all.length);
    });

    it('has nothing to do a third time, and starts nothing', async () => {
      const before = deployment.source.log.length;

      const third = documentOf(await backfill.run(SPAN));

      const names = documentOf(second).executions.map(({ name }: { name: string }) => name);
      expect(third.executions).toMatchObject(
        names.map((name: string) => ({ name, how: 'done', state: 'succeeded' })),
      );
      for (const name of names) expect(await backfill.executions.find(`${name}-2`)).toBeUndefined();
      expect(deployment.source.log).toHaveLength(before);
    });
  });

  describe('whose execution is stopped half way', () => {
    let name: string;
    let stopped: Ended;
    beforeAll(async () => {
      const running = backfill.start(STOPPED_SPAN);
      name = await running.following;
      await until('request of the span', () => asked(STOPPED_SPAN).length > 0);
      await deployment.dev.call('states', 'AWSStepFunctions.StopExecution', {
        executionArn: deployment.executionArn(name),
      });
      stopped = await running.ended;
    });

    it('ends with the reason', () => {
      expect(stopped.code).not.toBe(0);
      expect(documentOf(stopped)).toMatchObject({
        executions: [{ name, how: 'started', state: 'failed', reason: { name: 'ExecutionABORTED' } }],
      });
    });

    it('is finished by another one, which asks only for what is missing', async () => {
      const again = documentOf(await backfill.run(STOPPED_SPAN));

      expect(again.executions).toMatchObject([{ name: `${name}-2`, how: 'started', state: 'succeeded' }]);
      expect((await manifests(daysBetween(STOPPED_SPAN.from, STOPPED_SPAN.to))).partial).toEqual([]);
      const all = asked(STOPPED_SPAN);
      expect(all).toHaveLength(REQUESTS);
      expect(new Set(all).size).toBe(REQUESTS);
    });
  });
}

function isWithin(query: Readonly<Record<string, string>>, from: Day, to: Day): boolean {
  const day = query.start_date ?? query.start_hour?.slice(0, 10) ?? '';
  return from <= day && day <= to;
}
