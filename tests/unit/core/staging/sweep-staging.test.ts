import { MemoryObjectStore } from '../../../../adapters/memory/memory-object-store';
import { isStale, runIdOf, sweepStaging } from '../../../../core/staging/sweep-staging';

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 2, 3, 4, 5);
const RUN = '20260102T030405Z-00c0ffee';
const NOBODY_GONE = { isGone: () => false };

describe('run ids', () => {
  test('begin with the UTC start of the run', () => {
    expect(runIdOf(START + 678, '00c0ffee')).toBe(RUN);
  });

  test.each([
    ['at its start', 0, false],
    ['after 14 days to the second', 14 * DAY_MS, false],
    ['a second later', 14 * DAY_MS + 1000, true],
    ['before its start, by another clock', -DAY_MS, false],
  ])('say whether a run is stale: %s', (_, age, stale) => {
    expect(isStale(RUN, START + age)).toBe(stale);
  });

  test.each(['by-hand', '', '2026-01-02', 'x20260102T030405Z-00c0ffee'])(
    'that do not begin with a start (%j) are never stale',
    (runId) => {
      expect(isStale(runId, START + 1000 * DAY_MS)).toBe(false);
    },
  );
});

describe('sweepStaging', () => {
  test("removes what stale runs of the pipeline left, and nobody else's", async () => {
    const store = new MemoryObjectStore();
    const kept = [
      '_staging/test/20260120T000000Z-aaaaaaaa/weather_daily/date=2026-01-19/test.00000.parquet',
      '_staging/test/by-hand/weather_daily/date=2026-01-19/test.00000.parquet',
      `_staging/test-2/${RUN}/weather_daily/date=2026-01-01/test-2.00000.parquet`,
      'weather_daily/date=2026-01-01/test.00000.parquet',
    ];
    const stale = ['parquet', 'json'].map(
      (end) => `_staging/test/${RUN}/weather_daily/date=2026-01-01/test.00000.${end}`,
    );
    for (const key of [...kept, ...stale]) await store.put(key, Buffer.from('x'));

    const swept = await sweepStaging(store, 'test', { now: START + 20 * DAY_MS, holders: NOBODY_GONE });

    expect(swept).toEqual([RUN]);
    const left: string[] = [];
    for await (const { key } of store.list('')) left.push(key);
    expect(left.sort()).toEqual(kept.sort());
  });

  const OWNER = `_staging/test/${RUN}.json`;
  const STAGED = `_staging/test/${RUN}/weather_daily/date=2026-01-01/test.00000.parquet`;
  const ONE_GONE = { isGone: (holder: string) => holder === 'gone' };
  const owner = { holder: 'alive', since: new Date(START).toISOString(), ends_by: null };
  const inAnHour = new Date(START + 3_600_000).toISOString();

  test.each<[string, object | string, number, boolean]>([
    ['whose process is gone', { ...owner, holder: 'gone' }, 1, true],
    ['whose process may live', owner, DAY_MS, false],
    ['whose function may run', { ...owner, ends_by: inAnHour }, 3_600_000, false],
    ['whose function was ended', { ...owner, ends_by: inAnHour }, 3_600_001, true],
    ['that began to stage 14 days ago', owner, 14 * DAY_MS, false],
    ['that began to stage more than 14 days ago', owner, 14 * DAY_MS + 1, true],
    [
      'that stages other days now',
      { ...owner, since: new Date(START + 20 * DAY_MS).toISOString() },
      21 * DAY_MS,
      false,
    ],
    ['whose owner is damaged, young', '{"holder": "gone"', DAY_MS, false],
    ['whose owner is damaged, old', '{"holder": "gone"', 15 * DAY_MS, true],
  ])('keeps or removes the staging of a run %s', async (_, document, age, isSwept) => {
    const store = new MemoryObjectStore();
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    for (const [key, body] of [
      [OWNER, text],
      [STAGED, 'x'],
    ] as const)
      await store.put(key, Buffer.from(body));

    const swept = await sweepStaging(store, 'test', { now: START + age, holders: ONE_GONE });

    const left: string[] = [];
    for await (const { key } of store.list('')) left.push(key);
    expect({ swept, left }).toEqual(
      isSwept ? { swept: [RUN], left: [] } : { swept: [], left: [OWNER, STAGED] },
    );
  });

  test('ends between runs when told to stop', async () => {
    const store = new MemoryObjectStore();
    await store.put(STAGED, Buffer.from('x'));
    const signal = AbortSignal.abort();

    const swept = await sweepStaging(store, 'test', { now: START + 20 * DAY_MS, holders: ONE_GONE, signal });

    expect(swept).toEqual([]);
  });
});
