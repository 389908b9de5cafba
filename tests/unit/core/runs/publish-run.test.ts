import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { leaseKey } from '../../../../core/keys/processed-keys';
import { SILENT_LOGGER } from '../../../../core/ports/logger';
import { publishOne } from '../../../../core/runs/publish-run';
import type { RunEvent } from '../../../../core/runs/run-parts';
import type { Day } from '../../../../core/time/day';
import { VirtualClock } from '../../../clock/virtual-clock';
import { smallPipeline } from '../../../lake/small-pipeline';

const DAY = '2026-01-01' as Day;

describe('publishing a date that another run publishes', () => {
  test('reports the wait for its lease and until when it lasts', async () => {
    const clock = new VirtualClock('2026-01-03T12:00:00Z');
    const pipeline = smallPipeline();
    const processed = new MemoryObjectStore();
    const until = clock.now() + 45_000;
    const lease = {
      run_id: 'other',
      holder: 'elsewhere',
      state: 'held',
      tables: [],
      expires_at: new Date(until).toISOString(),
    };
    await processed.put(leaseKey(pipeline.name, DAY), Buffer.from(JSON.stringify(lease)));
    const events: RunEvent[] = [];

    await publishOne(
      {
        pipeline,
        processed,
        clock,
        holders: { self: 'this', isGone: () => false },
        logger: SILENT_LOGGER,
        codeVersion: 'test',
      },
      { runId: 'run', force: false, leaseWaitSeconds: 300, onEvent: (event) => events.push(event) },
      { day: DAY, replay: false },
    );

    expect(events.length).toBeGreaterThan(0);
    for (const event of events)
      expect(event).toEqual({ type: 'wait', wait: { reason: 'lease', day: DAY, until } });
  });
});
