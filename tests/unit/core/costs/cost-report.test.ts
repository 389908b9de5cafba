import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { costReport, type KeyedPlan } from '../../../../core/costs/cost-report';
import { scaledPipeline } from '../../../../core/costs/scaled-pipeline';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import { dailyRuns } from '../../../../core/planning/day-runs';
import { planReport, requestWeights } from '../../../../core/planning/plan-report';
import type { Day } from '../../../../core/time/day';

const FILE = resolve(__dirname, '../../../../resources/pipelines/weather-daily.json');
const OWN = parsePipeline(JSON.parse(readFileSync(FILE, 'utf8')));
const DAYS = ['2026-11-01', '2026-11-02', '2026-11-03'] as Day[];
const MONTH = 365 / 12;

function reportOf({ daily = true, keyed }: { daily?: boolean; keyed?: Partial<KeyedPlan> } = {}) {
  const pipeline = scaledPipeline(OWN, 100);
  const runs = dailyRuns(DAYS, () => ({ api: 'forecast', models: [] }));
  return costReport({
    pipeline,
    plan: planReport(pipeline, runs),
    weights: requestWeights(pipeline, runs),
    daily,
    keyed: { requestsAtOnce: 4, limits: undefined, ...keyed },
  });
}

describe('a plan on paper', () => {
  it('of daily runs is added up by the month: a hundred locations, three days, two requests', () => {
    const report = reportOf();

    expect(report.calls_per_month).toBeCloseTo((120 + 140) * MONTH, 6);
    expect(report.objects).toEqual({ raw: 4, processed: 3 * 3 + 3 });
    const transitions = (2 * (2 + 2 + 3) + 8) * MONTH;
    expect(report.use).toContainEqual({
      what: 'state_transitions',
      amount: transitions,
      usd: (transitions / 1_000) * 0.025,
    });
    // 33 metrics of 31 alarms, a dashboard, 16 metrics, an idle queue, a key and a secret, beside a little storage.
    expect(report.usd.standing).toBeCloseTo(3.3 + 3 + 4.8 + 0.3285 + 1 + 0.4, 1);
    expect(report.usd.monthly).toBeCloseTo(report.usd.standing + report.usd.use, 12);
  });

  it('keeps the answers of every day, one new day of tables, and old versions for a month', () => {
    const { stored_gib: daily } = reportOf();
    const { stored_gib: once } = reportOf({ daily: false });

    expect(daily.raw).toBeCloseTo(once.raw * 365, 12);
    expect(daily.processed).toBeCloseTo((once.processed / 3) * 365, 12);
    // Three staged and two replaced days, for thirty days.
    expect(daily.old_versions).toBeCloseTo((once.processed / 3) * 5 * 30, 12);
  });

  it('keeps access logs of a year of daily runs, or of the one run, and pays for them as for any object', () => {
    const [daily, once] = [reportOf(), reportOf({ daily: false })];
    const storage = ({ standing }: typeof daily) => standing.find(({ what }) => what === 'storage')!.amount;

    expect(once.stored_gib.access_logs).toBeGreaterThan(0);
    expect(daily.stored_gib.access_logs).toBeCloseTo(once.stored_gib.access_logs * 365, 12);
    for (const report of [daily, once]) {
      const { raw, processed, old_versions, access_logs } = report.stored_gib;
      expect(storage(report)).toBeCloseTo(raw + processed + old_versions + access_logs, 12);
    }
  });

  it('of one run costs once, and each month what stands', () => {
    const report = reportOf({ daily: false });

    expect(report.calls_per_month).toBeNull();
    expect(report.use).toContainEqual({ what: 'state_transitions', amount: 22, usd: 0.00055 });
    expect(report.usd.monthly).toBe(report.usd.standing);
  });

  it.each([
    ['two seconds a request, four at once', {}, 1],
    ['two seconds a request, one at once', { requestsAtOnce: 1 }, 4],
    ['a minute and its margin', { limits: { minute: 150, hour: 5_000, day: 10_000 } }, 65],
  ])('tells the hours of a keyed plan: %s', (_, keyed, seconds) => {
    const { hours } = reportOf({ keyed });

    expect(hours.keyed_plan! * 3600).toBeCloseTo(seconds, 9);
    expect(hours.free_plan! * 3600).toBeCloseTo(4, 9);
  });

  it('has no hours where a request is above a limit', () => {
    const { hours } = reportOf({ keyed: { limits: { minute: 130, hour: 5_000, day: 10_000 } } });

    expect(hours.keyed_plan).toBeNull();
  });
});
