import { scaledPipeline } from '../../../../core/costs/scaled-pipeline';
import { MAX_EXECUTION_SECONDS, MAX_PLANNED_SECONDS } from '../../../../core/orchestration/execution-bounds';
import { parsePipeline } from '../../../../core/pipeline/parse-pipeline';
import type { DaySpan } from '../../../../core/planning/asked-days';
import { type BackfillPiece, backfillPieces } from '../../../../core/redrive/backfill-pieces';
import { addDays, type Day } from '../../../../core/time/day';
import weatherDaily from '../../../../resources/pipelines/weather-daily.json';
import stateMachine from '../../../../resources/state-machines/ingest-weather.asl.json';
import { type SmallPipeline, smallPipeline } from '../../../lake/small-pipeline';

const SOURCE = { api: 'archive', models: ['era5'] } as const;
const YEAR = { from: '2025-01-01' as Day, to: '2025-12-31' as Day };

/** On the free plan, 10,000 calls a day: a location's year weighs 15.6, its month or fortnight 2. */
function pieces(locations: number, span: DaySpan = YEAR, source: SmallPipeline['source'] = {}) {
  const pipeline = scaledPipeline(smallPipeline({ chunk: 100, source }), locations);
  return backfillPieces(pipeline, span, () => SOURCE);
}

/** Each begins the day after the one before ended. */
function expectWhole(cut: readonly BackfillPiece[], { from, to }: DaySpan): void {
  const edges = cut.map((piece) => piece.to);
  expect(cut.map((piece) => piece.from)).toEqual([from, ...edges.slice(0, -1).map((day) => addDays(day, 1))]);
  expect(edges.at(-1)).toBe(to);
}

describe('the pieces of a backfill', () => {
  it('are one where everything fits', () => {
    const [piece, ...more] = pieces(3);

    expect(more).toEqual([]);
    expect(piece).toMatchObject({ ...YEAR, days: 365, requests: 2 });
  });

  it.each([2_000, 4_000, 9_000])(
    'of %d locations are cut where runs of days end, each within the bound',
    (locations) => {
      const cut = pieces(locations);

      expect(cut.length).toBeGreaterThan(1);
      expectWhole(cut, YEAR);
      for (const { seconds } of cut) expect(seconds).toBeLessThanOrEqual(MAX_PLANNED_SECONDS);
    },
  );

  it('are narrower than a month where a month is too much', () => {
    // Its variables weigh by the day from the first fortnight on: 26,000 a fortnight.
    const pipeline = scaledPipeline(parsePipeline(weatherDaily), 10_000);

    const cut = backfillPieces(pipeline, YEAR, () => SOURCE);

    expectWhole(cut, YEAR);
    expect(cut[0]).toMatchObject({ from: '2025-01-01', to: '2025-01-14', requests: 200, weight: 26_000 });
  });

  it('are runs above the bound where none is narrower, if an execution ends in time with them', () => {
    const cut = pieces(50_000, { from: '2025-01-01' as Day, to: '2025-01-14' as Day });

    expect(cut).toHaveLength(1);
    expect(cut[0]!.seconds).toBeGreaterThan(MAX_PLANNED_SECONDS);
    expect(cut[0]!.seconds).toBeLessThanOrEqual(MAX_EXECUTION_SECONDS);
  });

  it('are refused, with what they take, where no execution ends in time', () => {
    const fortnight = { from: '2025-01-01' as Day, to: '2025-01-14' as Day };

    expect(() => pieces(80_000, fortnight)).toThrow(
      /2025-01-01 to 2025-01-14: an execution has 12\.0 days.*"keyed".*received 1600 requests that weigh 160000: at least 1[5-9]\.\d days/,
    );
  });

  it('are refused where a request is above a limit of the quota', () => {
    const limits = { minute: 600, hour: 600, day: 600 };
    const pipeline = smallPipeline({ source: { limits } });
    const heavy = { ...pipeline, source: { ...pipeline.source, limits: { ...limits, day: 1 } } };

    expect(() => backfillPieces(heavy, YEAR, () => SOURCE)).toThrow(/above a limit of the quota/);
  });

  it('end before the state machine gives up', () => {
    expect(MAX_EXECUTION_SECONDS).toBeLessThan(stateMachine.TimeoutSeconds);
  });
});
