import { costText } from '../../../cli/cost-text';
import { planScale } from '../../../cli/plan-scale';
import { runProgram } from '../../../cli/program';
import { capturedSurroundings } from './captured-surroundings';

describe('the size of a plan', () => {
  it('is the pipeline itself, and a keyed plan without bounds, unless more is said', () => {
    expect(planScale({ keyedAtOnce: '4' })).toEqual({
      locations: undefined,
      costs: false,
      keyed: { requestsAtOnce: 4, limits: undefined },
    });
  });

  it('is read from words', () => {
    expect(
      planScale({ locations: '100000', costs: true, keyedLimits: '600,5000,50000', keyedAtOnce: '8' }),
    ).toEqual({
      locations: 100_000,
      costs: true,
      keyed: { requestsAtOnce: 8, limits: { minute: 600, hour: 5_000, day: 50_000 } },
    });
  });

  it('tells every mistake at once', () => {
    expect(() => planScale({ locations: '0', keyedLimits: '600,5000', keyedAtOnce: '2.5' })).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ path: '--locations', received: '0' }),
          expect.objectContaining({ path: '--keyed-at-once', received: '2.5' }),
          expect.objectContaining({ path: '--keyed-limits', received: '600,5000' }),
        ],
      }),
    );
  });
});

describe('plan --costs', () => {
  it('prints what machines and people read, of the same figures', async () => {
    const surroundings = capturedSurroundings();

    const code = await runProgram(['plan', '--locations', '2000', '--costs', '--json'], surroundings);

    const document = JSON.parse(surroundings.stdout.text);
    expect([code, document.total.requests, document.total.locations]).toEqual([0, 40, 2_000]);
    expect(document.costs).toMatchObject({ mode: 'orchestrated', daily: true, objects: { raw: 80 } });
    const text = costText(document.costs);
    expect(text).toContain('on AWS, orchestrated');
    expect(text).toContain(
      `Each month ${document.costs.usd.monthly.toFixed(2)} USD, by list prices of us-east-1`,
    );
  });
});
