import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { scaledPipeline } from '../../../../core/costs/scaled-pipeline';
import {
  isPlannable,
  MAX_CHILDREN,
  MAX_PLANNED_REQUESTS,
} from '../../../../core/orchestration/execution-bounds';
import { planRun } from '../../../../core/orchestration/plan-run';
import type { Day } from '../../../../core/time/day';
import { smallPipeline } from '../../../lake/small-pipeline';

/** What all children of a map may return together. */
const MAX_OUTPUT_BYTES = 262_144;
const PIPELINE = smallPipeline({ chunk: 1 });
const DAY = '2025-03-01' as Day;

describe('the bounds of an execution', () => {
  it('keep what its children return below what a map may return', () => {
    expect(JSON.stringify(Array(MAX_CHILDREN).fill({})).length).toBeLessThan(MAX_OUTPUT_BYTES);
  });

  it.each([
    ['take what is small', { weights: [1], slots: 2 }, true],
    [
      'are reached by slots alone, however few the requests',
      { weights: [1], slots: MAX_CHILDREN + 1 },
      false,
    ],
    [
      'are reached by requests',
      { weights: Array(MAX_PLANNED_REQUESTS + 1).fill(0), slots: MAX_PLANNED_REQUESTS + 1 },
      false,
    ],
    ['are reached by the time under the quota', { weights: Array(31).fill(1_000), slots: 31 }, false],
    ['are never met by a request above the quota', { weights: [1e6], slots: 1 }, false],
  ])('%s', (_, load, plannable) => {
    const limits = { minute: 1_000, hour: 5_000, day: 10_000 };
    const pipeline = { ...PIPELINE, source: { ...PIPELINE.source, limits } };

    expect(isPlannable(pipeline, load)).toBe(plannable);
  });

  it('refuse a run of too many slots before anything is written', async () => {
    const processed = new MemoryObjectStore();
    const pipeline = scaledPipeline(PIPELINE, MAX_CHILDREN / 2 + 1);
    const deployed = { pipeline, body: new Uint8Array() };
    const requests = [{ section: 'hourly', chunk: 7, from: DAY, to: DAY }] as const;
    const start = {
      asked: { kind: 'redrive', requests },
      force: false,
      execution: 'e',
      startedAt: Date.parse('2025-04-01T00:00:00Z'),
    } as const;

    await expect(planRun({ deployed, processed, live: true }, start)).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/ask for fewer days or requests at once.*received 50002 slots/),
    });
    const written: string[] = [];
    for await (const { key } of processed.list('')) written.push(key);
    expect(written).toEqual([]);
  });
});
