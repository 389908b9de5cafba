import { leaseKey } from '../../../core/keys/processed-keys';
import { flipBit } from '../../lake/spoil-raw';
import { NOW } from '../../lake/test-lake';
import { HookedStore } from '../runs/hooked-store';
import type { RunLake } from '../runs/run-lake';
import { AGAIN, DAY, findingsOf, HOURLY, keysOf, NEXT, SpoiltLake, STORES, wholeLake } from './spoilt-lake';

let whole: RunLake;
beforeAll(async () => {
  whole = await wholeLake();
});

describe.each(STORES)('what runs left behind in %s', (where) => {
  let lake: SpoiltLake;
  beforeEach(async () => {
    lake = await SpoiltLake.copyOf(whole, where);
  });
  afterEach(() => lake.remove());

  test('finds files in partitions that no manifest lists', async () => {
    const { body } = (await lake.processed.get(HOURLY))!;
    const orphans = [
      `weather_hourly/date=${DAY}/small.00007.parquet`,
      `weather_hourly/date=2026-01-01/small.00000.parquet`,
      `weather_hourly/date=${DAY}/copy of small.parquet`,
    ];
    for (const key of orphans) await lake.processed.put(key, body);
    await lake.processed.put('notes.txt', body);

    const findings = findingsOf(await lake.verify());

    expect(findings.map(({ object, problem }) => [object, problem]).sort()).toEqual(
      [
        [orphans[0], 'the manifest of its day does not list it'],
        [orphans[1], 'its day has no manifest'],
        [orphans[2], expect.stringContaining('no pipeline writes objects of this name')],
      ].sort(),
    );
  });

  test('does not call the objects of a day orphans that is being republished, and tells the lease', async () => {
    const lease = { run_id: 'run', holder: 'host', state: 'promoting', tables: [] };
    const alive = { ...lease, expires_at: new Date(NOW + 1000).toISOString() };
    const over = { ...alive, holder: 'gone' };
    await lake.processed.put(leaseKey('small', DAY), Buffer.from(JSON.stringify(over)));
    await lake.processed.put(leaseKey('small', NEXT), Buffer.from(JSON.stringify(alive)));
    await lake.spoil('processed', HOURLY, flipBit);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'leases', problem: expect.stringContaining('left the date between two versions') },
      { kind: 'leases', problem: expect.stringContaining('is republishing the date') },
    ]);
  });

  test('does not wait for a run whose clock was ahead: its mark says nothing of when it ends', async () => {
    const expires_at = new Date(NOW + 3_600_000).toISOString();
    const mark = { run_id: 'run', holder: 'host', state: 'promoting', tables: [], expires_at };
    await lake.processed.put(leaseKey('small', DAY), Buffer.from(JSON.stringify(mark)));

    expect(findingsOf(await lake.verify())).toMatchObject([
      {
        kind: 'leases',
        problem: expect.stringContaining('left the date'),
        remedy: expect.stringContaining(AGAIN),
      },
    ]);
  });

  test('does not call a day damaged whose objects a run begins to replace meanwhile', async () => {
    const expires_at = new Date(NOW + 1000).toISOString();
    const mark = { run_id: 'run', holder: 'host', state: 'promoting', tables: [], expires_at };
    const raw = new HookedStore(lake.raw);
    raw.before = async (call) => {
      if (call !== 'list') return;
      await lake.processed.put(leaseKey('small', DAY), Buffer.from(JSON.stringify(mark)));
      await lake.processed.delete(HOURLY);
    };

    expect(findingsOf(await lake.verify({ raw }))).toMatchObject([
      { kind: 'leases', problem: expect.stringContaining('is republishing the date') },
    ]);
  });

  test('says nothing of a lease that was ended or is held', async () => {
    const lease = { run_id: 'run', holder: 'host', state: 'held', tables: [] };
    for (const [day, expires] of [
      [DAY, NOW - 1],
      [NEXT, NOW + 1000],
    ] as const) {
      const document = { ...lease, expires_at: new Date(expires).toISOString() };
      await lake.processed.put(leaseKey('small', day), Buffer.from(JSON.stringify(document)));
    }

    const report = await lake.verify();

    expect(report.leases).toMatchObject({ checked: 2, found: 0 });
  });

  test('finds a damaged lease, which a repair ends only where the day is whole', async () => {
    for (const day of [DAY, NEXT]) await lake.processed.put(leaseKey('small', day), Buffer.from('{"run'));
    await lake.spoil('processed', HOURLY, flipBit);

    const found = await lake.verify({ repair: true });
    const left = await lake.verify();

    expect(found.leases.findings).toMatchObject([
      { object: leaseKey('small', DAY), problem: expect.stringContaining('is not JSON'), repaired: false },
      { object: leaseKey('small', NEXT), repaired: true },
    ]);
    expect(left.leases.findings).toMatchObject([{ object: leaseKey('small', DAY) }]);
  });

  test('finds the staging that runs left behind, removes it when told, and leaves that of others', async () => {
    const staged = async (run: string, holder?: string) => {
      await lake.processed.put(`_staging/small/${run}/${HOURLY}`, Buffer.from('x'));
      const owner = { holder, since: new Date(NOW).toISOString(), ends_by: null };
      if (holder !== undefined)
        await lake.processed.put(`_staging/small/${run}.json`, Buffer.from(JSON.stringify(owner)));
    };
    await staged('20261119T110000Z-00000001', 'gone');
    await staged('20261119T110000Z-00000002', 'alive');
    await staged('20261119T110000Z-00000003');
    await staged('20261101T110000Z-00000004');

    const report = await lake.verify({ repair: true });
    const left = await lake.verify();

    expect(report.staging).toMatchObject({ checked: 4, found: 2, repaired: 2 });
    expect(report.staging.findings.map(({ object }) => object).sort()).toEqual([
      '_staging/small/20261101T110000Z-00000004/',
      '_staging/small/20261119T110000Z-00000001/',
    ]);
    expect(left.staging).toMatchObject({ checked: 2, found: 0 });
    expect(await keysOf(lake.processed, '_staging/')).toEqual([
      '_staging/small/20261119T110000Z-00000002.json',
      `_staging/small/20261119T110000Z-00000002/${HOURLY}`,
      `_staging/small/20261119T110000Z-00000003/${HOURLY}`,
    ]);
  });
});
