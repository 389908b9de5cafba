import { scaledPipeline } from '../../../../core/costs/scaled-pipeline';
import { backfillPieces } from '../../../../core/orchestration/backfill-pieces';
import { MAX_PLANNED_SECONDS } from '../../../../core/orchestration/execution-bounds';
import type { DayRun } from '../../../../core/planning/requests';
import type { Day } from '../../../../core/time/day';
import { smallPipeline } from '../../../lake/small-pipeline';

const SOURCE = { api: 'archive', models: ['era5'] } as const;
const runs: DayRun[] = ['01', '02', '03', '04'].map((month) => ({
  from: `2025-${month}-01` as Day,
  to: `2025-${month}-14` as Day,
  source: SOURCE,
}));

describe('the pieces of a backfill', () => {
  it('are one where everything fits', () => {
    const pieces = backfillPieces(smallPipeline(), runs);

    expect(pieces).toEqual([
      { from: '2025-01-01', to: '2025-04-14', days: 104, requests: 16, weight: 24, seconds: 0 },
    ]);
  });

  it('are whole runs, as many as the quota serves within the bound', () => {
    // A run weighs 2 x 4,000 calls: under 10,000 a day one follows the other by a day.
    const pipeline = scaledPipeline(smallPipeline({ chunk: 100 }), 4_000);

    const pieces = backfillPieces(pipeline, runs);

    expect(pieces.map(({ from, to }) => [from, to])).toEqual([
      ['2025-01-01', '2025-02-14'],
      ['2025-03-01', '2025-04-14'],
    ]);
    for (const { seconds } of pieces) expect(seconds).toBeLessThanOrEqual(MAX_PLANNED_SECONDS);
  });

  it('are never less than a run, however long that takes', () => {
    const pipeline = scaledPipeline(smallPipeline({ chunk: 100 }), 40_000);

    const pieces = backfillPieces(pipeline, runs);

    expect(pieces).toHaveLength(4);
    expect(pieces[0]!.seconds).toBeGreaterThan(MAX_PLANNED_SECONDS);
  });
});
