import { LeaseHeldError } from '../../../core/errors';
import { LEASE_MARGIN_SECONDS, LEASE_RENEWAL_SECONDS, LEASE_SECONDS } from '../../../core/publish/lease';
import { HOURLY, locationsOf, pipelineOf } from '../../weather/pipeline-of';
import type { RecordingStore } from './recording-store';
import { DAY, WeatherLake } from './weather-lake';

const SECOND_MS = 1_000;
const LEASE_KEY = `_leases/test/date=${DAY}.json`;
const pipeline = pipelineOf({
  tables: [HOURLY],
  locations: locationsOf(3),
  source: { locations_per_request: 1 },
});

/** A lake with a run staged, and the store that it will publish through. */
async function staged(runId = 'r1'): Promise<{ lake: WeatherLake; store: RecordingStore }> {
  const lake = new WeatherLake();
  await lake.stage(pipeline, { runId });
  return { lake, store: lake.recording() };
}

/** Lets this much time pass at every write of the kind. */
function slowDown(
  lake: WeatherLake,
  store: RecordingStore,
  { kind, seconds }: { kind: string; seconds: number },
) {
  store.afterWrite = (write) => {
    if (write.startsWith(kind)) lake.clock.advance(seconds * SECOND_MS);
  };
}

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'no error',
    (error) => error,
  );

describe('the lease of a date', () => {
  test('lasts as long as promised', async () => {
    const { lake, store } = await staged();
    const started = lake.clock.now();
    store.beforeWrite = async (write) => {
      if (!write.startsWith('copy')) return;
      const { expires_at } = (await lake.lease(pipeline))!;
      expect(Date.parse(expires_at) - started).toBe(LEASE_SECONDS * SECOND_MS);
    };
    await lake.publish(pipeline, 'r1', { store });
    expect([LEASE_SECONDS, LEASE_RENEWAL_SECONDS, LEASE_MARGIN_SECONDS]).toEqual([60, 15, 30]);
  });

  test('turns a second run away, with the moment to try again; the first goes on undisturbed', async () => {
    const { lake, store } = await staged();
    await lake.stage(pipeline, { runId: 'r2', values: () => 11 });
    const refused: unknown[] = [];
    store.afterWrite = async (write) => {
      if (write.startsWith('copy')) refused.push(await refusal(lake.publish(pipeline, 'r2')));
    };
    expect((await lake.publish(pipeline, 'r1', { store })).outcome).toBe('published');
    expect(refused).toHaveLength(6);
    for (const error of refused) {
      expect(error).toBeInstanceOf(LeaseHeldError);
      expect(error).toMatchObject({
        retryable: true,
        context: { run_id: 'r1', retry_at: expect.stringMatching(/Z$/) },
      });
    }
    expect((await lake.publish(pipeline, 'r2')).outcome).toBe('published');
  });

  test('of a holder that is silent is free when it has run out, not a moment sooner', async () => {
    const { lake, store } = await staged();
    store.diesAt = 3;
    await refusal(lake.publish(pipeline, 'r1', { store }));
    lake.clock.advance(LEASE_SECONDS * SECOND_MS - 1);
    await lake.stage(pipeline, { runId: 'r2' });
    expect(await refusal(lake.publish(pipeline, 'r2'))).toBeInstanceOf(LeaseHeldError);
    lake.clock.advance(1);
    expect((await lake.publish(pipeline, 'r2')).outcome).toBe('published');
  });

  test('of a holder that is known to be gone is free at once', async () => {
    const { lake, store } = await staged();
    store.diesAt = 3;
    await refusal(lake.publish(pipeline, 'r1', { store }));
    lake.gone.add('r1');
    await lake.stage(pipeline, { runId: 'r2' });
    expect((await lake.publish(pipeline, 'r2')).outcome).toBe('published');
  });

  test('of one pipeline and date is none of another pipeline', async () => {
    const { lake, store } = await staged();
    const other = pipelineOf({ name: 'test-2', tables: [HOURLY] });
    await lake.stage(other, { runId: 'r2' });
    store.afterWrite = async (write) => {
      if (write.startsWith('copy')) await lake.publish(other, 'r2');
    };
    expect((await lake.publish(pipeline, 'r1', { store })).outcome).toBe('published');
  });

  test('is renewed when a quarter of it is over, and not before', async () => {
    const renewalsWhen = async (seconds: number) => {
      const { lake, store } = await staged();
      slowDown(lake, store, { kind: 'copy', seconds });
      await lake.publish(pipeline, 'r1', { store });
      const takenMarkedAndEnded = 3;
      return store.writes.filter((write) => write === `put ${LEASE_KEY}`).length - takenMarkedAndEnded;
    };
    expect(await renewalsWhen(0)).toBe(0);
    expect(await renewalsWhen(LEASE_RENEWAL_SECONDS / 2)).toBe(3);
    expect(await renewalsWhen(LEASE_RENEWAL_SECONDS)).toBe(6);
  });

  test('leaves at least the margin for every write that is started', async () => {
    const { lake, store } = await staged();
    slowDown(lake, store, { kind: 'copy', seconds: LEASE_SECONDS - 1 });
    store.beforeWrite = async (write) => {
      if (write.includes('_leases/')) return;
      const left = Date.parse((await lake.lease(pipeline))!.expires_at) - lake.clock.now();
      expect(left).toBeGreaterThanOrEqual(LEASE_MARGIN_SECONDS * SECOND_MS);
    };
    expect((await lake.publish(pipeline, 'r1', { store })).outcome).toBe('published');
  });

  test('whose renewal took too long is not relied upon: nothing is written, and the date is free', async () => {
    const { lake, store } = await staged();
    slowDown(lake, store, { kind: 'put', seconds: LEASE_MARGIN_SECONDS + 1 });
    expect(await refusal(lake.publish(pipeline, 'r1', { store }))).toBeInstanceOf(LeaseHeldError);
    expect(await lake.visible()).toEqual({});
    expect((await lake.publish(pipeline, 'r1')).outcome).toBe('published');
  });
});

describe('a lease that was lost', () => {
  /** Pauses the first run behind its first copy until another has taken over and published. */
  async function overtaken() {
    const { lake, store } = await staged();
    await lake.stage(pipeline, { runId: 'r2', values: () => 11 });
    let copies = 0;
    store.afterWrite = async (write) => {
      if (!write.startsWith('copy') || ++copies !== 1) return;
      lake.clock.advance(LEASE_SECONDS * SECOND_MS);
      await lake.publish(pipeline, 'r2');
    };
    const error = await refusal(lake.publish(pipeline, 'r1', { store }));
    return { lake, store, error };
  }

  test('stops its run before the next write', async () => {
    const { store, error } = await overtaken();
    expect(error).toBeInstanceOf(LeaseHeldError);
    expect(store.writes.filter((write) => !write.includes('_leases/'))).toHaveLength(1);
  });

  test('leaves what the other run published', async () => {
    const { lake } = await overtaken();
    const alone = new WeatherLake();
    await alone.run(pipeline, { runId: 'r2', values: () => 11 });
    expect(await lake.visible()).toEqual(await alone.visible());
    expect((await lake.manifest(pipeline))!.run_id).toBe('r2');
  });

  test('behind the manifest is no failure: what was published is published', async () => {
    const { lake, store } = await staged();
    store.afterWrite = async (write) => {
      if (!write.startsWith('put _manifests')) return;
      lake.clock.advance(LEASE_SECONDS * SECOND_MS);
      await lake.stage(pipeline, { runId: 'r2', values: () => 11 });
      await lake.publish(pipeline, 'r2');
    };
    expect((await lake.publish(pipeline, 'r1', { store })).outcome).toBe('published');
    expect((await lake.manifest(pipeline))!.run_id).toBe('r2');
  });

  test('in a race for a free date is lost by exactly one', async () => {
    const { lake } = await staged();
    await lake.stage(pipeline, { runId: 'r2', values: () => 11 });
    const ends = await Promise.allSettled([lake.publish(pipeline, 'r1'), lake.publish(pipeline, 'r2')]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(lost.reason).toBeInstanceOf(LeaseHeldError);
  });
});
