import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { replayDays } from '../../../core/runs/replay';
import { smallPipeline } from '../../lake/small-pipeline';
import { flipBit } from '../../lake/spoil-raw';
import { nextRun, type RunLake } from '../runs/run-lake';
import { DAY, findingsOf, HOURLY, keysOf, NEXT, SpoiltLake, STORES, wholeLake } from './spoilt-lake';

let whole: RunLake;
beforeAll(async () => {
  whole = await wholeLake();
});

describe.each(STORES)('a lake in %s', (where) => {
  let lake: SpoiltLake;
  beforeEach(async () => {
    lake = await SpoiltLake.copyOf(whole, where);
  });
  afterEach(() => lake.remove());

  test('that is whole is told so, and everything in it was looked at', async () => {
    const report = await lake.verify({ pipeline: smallPipeline() });

    expect(findingsOf(report)).toEqual([]);
    const manifests = await Promise.all([lake.manifest(DAY), lake.manifest(NEXT)]);
    const published = manifests.flatMap(({ objects, quarantine }) => [...objects, ...quarantine]).length;
    const bodies = (await keysOf(lake.raw)).filter((key) => key.endsWith('.json.gz')).length;
    const checked = Object.fromEntries(Object.entries(report).map(([kind, one]) => [kind, one.checked]));
    expect(manifests.flatMap(({ quarantine }) => quarantine)).toHaveLength(1);
    expect(checked).toEqual({
      manifests: 2,
      objects: published,
      bodies,
      requests: bodies,
      orphans: published,
      staging: 0,
      leases: 0,
    });
  });

  test('verifies one pipeline and the days that are asked for, and no more', async () => {
    await lake.spoil('processed', HOURLY, flipBit);
    await lake.spoil('processed', HOURLY.replace(DAY, NEXT), flipBit);
    await lake.processed.put('_manifests/other/date=2026-11-17.json', Buffer.from('{'));

    const days = await lake.verify({ pipeline: smallPipeline(), span: { from: NEXT, to: NEXT } });
    const all = await lake.verify();

    expect(findingsOf(days).map(({ object }) => object)).toEqual([HOURLY.replace(DAY, NEXT)]);
    expect(findingsOf(all)).toHaveLength(3);
  });
});

test('a published day that was damaged is whole again after the replay that the finding names', async () => {
  const lake = await SpoiltLake.copyOf(whole, 'memory');
  await lake.spoil('processed', HOURLY, flipBit);
  await lake.processed.put(`weather_daily/date=${DAY}/small.00009.parquet`, Buffer.from('x'));

  const before = await lake.verify();
  const parts = { ...whole.offline(), raw: lake.raw, processed: lake.processed };
  await replayDays(parts, nextRun({ isLive: false }), [DAY]);

  expect(findingsOf(before)).toHaveLength(2);
  expect(findingsOf(await lake.verify())).toEqual([]);
});

test('an empty lake has nothing to tell', async () => {
  const empty = await SpoiltLake.copyOf(
    { raw: new MemoryObjectStore(), processed: new MemoryObjectStore() },
    'memory',
  );

  expect(findingsOf(await empty.verify())).toEqual([]);
});

test('the count goes on when more is wrong than the report keeps', async () => {
  const lake = await SpoiltLake.copyOf(whole, 'memory');
  for (let n = 0; n < 1100; n++) {
    const digits = String(n).padStart(5, '0');
    await lake.processed.put(`weather_hourly/date=2026-01-01/small.${digits}.parquet`, Buffer.from('x'));
  }

  const { orphans } = await lake.verify();

  expect(orphans.found).toBe(1100);
  expect(orphans.findings).toHaveLength(1000);
});
