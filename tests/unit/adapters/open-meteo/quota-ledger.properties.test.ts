import fc from 'fast-check';
import { QuotaLedger } from '../../../../adapters/open-meteo/quota-ledger';
import { DEFAULT_OPEN_METEO_SETTINGS } from '../../../../adapters/open-meteo/settings';
import { drive, type Job, QuotaModel } from './quota-model';

const { limits, windows, marginSeconds } = DEFAULT_OPEN_METEO_SETTINGS;
const RULES = { limits, windows, marginSeconds };
const NOON = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

describe('QuotaLedger against the source’s own account', () => {
  const lateness = fc.double({ min: -1, max: 1, noNaN: true });
  const job = fc.record<Job>({
    weight: fc.oneof(fc.double({ min: 1, max: 600, noNaN: true }), fc.integer({ min: 1, max: 30 })),
    durationMs: fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 150_000 })),
    pauseMs: fc.oneof(fc.constant(0), fc.constant(0), fc.integer({ min: 0, max: 90_000 })),
  });

  it('never meets a refusal and never goes past a limit, whenever windows are cleared and whatever requests take', () => {
    const scenario = fc.record({
      jobs: fc.array(job, { minLength: 1, maxLength: 120 }),
      clearings: fc.array(lateness, { minLength: 1, maxLength: 20 }),
      lanes: fc.integer({ min: 1, max: 4 }),
      offset: fc.integer({ min: 0, max: 24 * HOUR }),
    });
    fc.assert(
      fc.property(scenario, ({ jobs, clearings, lanes, offset }) => {
        const model = new QuotaModel(RULES, (_level, index) => clearings[index % clearings.length] ?? 0);

        drive({ ledger: new QuotaLedger(RULES), model, lanes, start: NOON + offset }, jobs);

        expect(model.refusals).toBe(0);
        expect(model.highest).toBeLessThanOrEqual(1e-6);
      }),
      { numRuns: 300 },
    );
  });

  it('uses at least 95 % of what three days allow when there are always more small requests', () => {
    const start = Date.parse('2026-03-01T00:00:05Z');
    const threeDays = start + 3 * 24 * HOUR;
    const sizes = fc.array(fc.double({ min: 1, max: 30, noNaN: true }), { minLength: 20, maxLength: 20 });
    const scenario = fc.record({ sizes, durationMs: fc.integer({ min: 0, max: 1500 }), late: lateness });
    fc.assert(
      fc.property(scenario, ({ sizes: weights, durationMs, late }) => {
        const model = new QuotaModel(RULES, () => late);
        const complete = model.complete.bind(model);
        model.complete = (weight, now) => {
          if (now < threeDays) complete(weight, now);
        };
        const jobs = jobsWorth(4 * limits.day, weights, durationMs);

        const end = drive({ ledger: new QuotaLedger(RULES), model, lanes: 1, start }, jobs);

        expect(end).toBeGreaterThan(threeDays);
        expect(model.refusals).toBe(0);
        expect(model.served / (3 * limits.day)).toBeGreaterThanOrEqual(0.95);
      }),
      { numRuns: 25 },
    );
  });
});

function jobsWorth(total: number, weights: readonly number[], durationMs: number): Job[] {
  const jobs: Job[] = [];
  for (let sum = 0; sum < total; sum += jobs.at(-1)?.weight ?? 0) {
    jobs.push({ weight: weights[jobs.length % weights.length] ?? 1, durationMs, pauseMs: 0 });
  }
  return jobs;
}
