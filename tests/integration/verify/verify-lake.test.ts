import { gunzipSync, gzipSync } from 'node:zlib';
import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { sha256 } from '../../../core/hash';
import { leaseKey, manifestKey } from '../../../core/keys/processed-keys';
import { readDamageNotes } from '../../../core/raw/damage-notes';
import { writeRequestDocument } from '../../../core/raw/request-document';
import { ingest } from '../../../core/runs/ingest';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { SPOILINGS } from '../../lake/spoil-raw';
import { NOW } from '../../lake/test-lake';
import { HookedStore } from '../runs/hooked-store';
import { nextRun, RunLake } from '../runs/run-lake';
import { findingsOf, keysOf, SpoiltLake, STORES } from './spoilt-lake';

const DAY = '2026-11-17' as Day;
const NEXT = '2026-11-18' as Day;
const AGAIN = `ingest-weather replay --date ${DAY}`;

let simulator: Simulator;
let whole: RunLake;

beforeAll(async () => {
  simulator = await startSimulator({ clock: () => NOW, limits: false });
  simulator.setFaults([
    {
      when: { section: 'hourly', locationId: 2 },
      fault: { kind: 'out_of_range', value: 99, column: 'temperature_2m' },
    },
  ]);
  whole = new RunLake({ sourceUrl: simulator.url, clock: new VirtualClock(NOW) });
  await ingest(whole.parts(), nextRun(), [DAY, NEXT]);
});

afterAll(() => simulator.close());

describe.each(STORES)('a lake in %s', (where) => {
  let lake: SpoiltLake;
  beforeEach(async () => {
    lake = await SpoiltLake.copyOf(whole, where);
  });
  afterEach(() => lake.remove());

  const table = `weather_hourly/date=${DAY}/small.00000.parquet`;
  const firstBody = async () => (await lake.manifest(DAY)).raw[0]!;

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

  test.each<[string, (body: Buffer) => Uint8Array, string]>([
    ['is cut', (body) => body.subarray(0, -9), 'bytes, '],
    ['is empty', () => Buffer.alloc(0), 'it has 0 bytes'],
    ['has a bit changed', flipBit, 'its bytes were changed'],
  ])('finds a published file that %s', async (_, edit, problem) => {
    await lake.spoil('processed', table, edit);

    const report = await lake.verify();

    expect(findingsOf(report)).toEqual([
      {
        kind: 'objects',
        bucket: 'processed',
        object: table,
        problem: expect.stringContaining(problem),
        remedy: expect.stringContaining(AGAIN),
        repaired: false,
      },
    ]);
  });

  test('finds a published file that is gone', async () => {
    await lake.processed.delete(table);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'objects', object: table, problem: expect.stringContaining('it is not there') },
    ]);
  });

  test('finds a quarantine file that is changed', async () => {
    const { key } = (await lake.manifest(DAY)).quarantine[0]!;
    await lake.spoil('processed', key, flipBit);

    expect(findingsOf(await lake.verify())).toMatchObject([{ kind: 'objects', object: key }]);
  });

  test('finds by the other reader a file whose pages are damaged and whose hash the manifest tells', async () => {
    await lake.spoil('processed', table, (body) => body.fill(0xff, 40, 80));
    const { body } = (await lake.processed.get(table))!;
    await lake.editManifest(DAY, ({ objects }) => ({
      objects: objects.map((one) => (one.key === table ? { ...one, sha256: sha256(body) } : one)),
    }));

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'objects', object: table, problem: expect.stringContaining('parquet-wasm cannot read it') },
    ]);
  });

  test.each<[string, Parameters<SpoiltLake['editManifest']>[1], string]>([
    [
      'other rows of an object',
      ({ objects }) => ({ objects: objects.map((one) => (one.key === table ? { ...one, rows: 47 } : one)) }),
      'rows: 48 in the file, 47 in the manifest',
    ],
    [
      'other rows of a table',
      ({ tables }) => ({
        tables: {
          ...tables,
          weather_hourly: { ...tables.weather_hourly!, rows: { expected: 71, found: 71 } },
        },
      }),
      'it says 71 rows of weather_hourly, its objects have 72',
    ],
    [
      'another schema version',
      () => ({ schema_version: 2 }),
      'schema_version: 1 in the file, 2 in the manifest',
    ],
    ['another day', () => ({ date: '2026-11-01' }), 'it says that it is of small of 2026-11-01'],
    ['that it is partial', () => ({ partial: true }), 'it says partial: true, its tables say false'],
    [
      'a column that the files lack',
      ({ tables }) => ({
        tables: {
          ...tables,
          weather_daily: {
            ...tables.weather_daily!,
            columns: {
              ...tables.weather_daily!.columns,
              snowfall_sum: tables.weather_daily!.columns.precipitation_sum!,
            },
          },
        },
      }),
      'columns of the manifest are missing: snowfall_sum',
    ],
    [
      'another hash of an answer',
      ({ raw }) => ({ raw: raw.map((one) => ({ ...one, sha256: sha256('other') })) }),
      'with another hash',
    ],
  ])('finds a manifest that tells %s', async (_, edit, problem) => {
    await lake.editManifest(DAY, edit);

    const findings = findingsOf(await lake.verify());

    expect(findings.map((finding) => finding.problem).join('\n')).toContain(problem);
    for (const { remedy } of findings) expect(remedy).toContain(AGAIN);
  });

  test('finds types, units and names of the climate conventions that are not those of the pipeline', async () => {
    const file = { tables: structuredClone(smallPipeline().tables) };
    const hourly = file.tables[0]!.columns.map((column) =>
      column.name === 'temperature_2m'
        ? { ...column, unit: 'K', standardName: 'air_temperature', type: 'float64' as const }
        : column,
    );
    const pipeline = {
      ...smallPipeline(),
      tables: [{ ...file.tables[0]!, columns: hourly }, file.tables[1]!],
    };

    const findings = findingsOf(await lake.verify({ pipeline }));

    expect(findings).toHaveLength(4);
    for (const { problem } of findings) {
      expect(problem).toContain('temperature_2m: type is float32, must be float64');
      expect(problem).toContain('temperature_2m: unit is °C, must be K');
      expect(problem).toContain('temperature_2m: standard_name is none, must be air_temperature');
    }
  });

  test('finds a damaged manifest, and goes on with the other days', async () => {
    await lake.spoil('processed', manifestKey('small', DAY), (body) => body.subarray(0, 100));
    await lake.spoil('processed', table.replace(DAY, NEXT), flipBit);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'manifests', object: manifestKey('small', DAY), remedy: expect.stringContaining(AGAIN) },
      { kind: 'objects', object: table.replace(DAY, NEXT) },
    ]);
  });

  test.each(SPOILINGS)('finds a raw answer that is spoilt: %s', async (_, spoiling, says) => {
    const { key } = await firstBody();
    await lake.spoilRaw(key, spoiling);

    expect(findingsOf(await lake.verify())).toEqual([
      {
        kind: 'bodies',
        bucket: 'raw',
        object: key,
        problem: expect.stringMatching(says),
        remedy: expect.stringMatching(
          /^Restore it .*, or ask the source again, .* backfill --from .* --force$/,
        ),
        repaired: false,
      },
    ]);
  });

  test('finds a raw answer whose metadata are those of another', async () => {
    const { key } = await firstBody();
    const { body, info } = (await lake.raw.get(key))!;
    await lake.raw.put(key, body, { metadata: { ...info.metadata, sha256: sha256('other') } });

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'bodies', object: key, problem: expect.stringContaining('it has lost its metadata') },
    ]);
  });

  test('finds an answer that manifests name and that is gone, once, and the other answer that a replay takes', async () => {
    const { key } = await firstBody();
    const answer = (await lake.raw.get(key))!;
    await lake.raw.delete(key);
    const other = Buffer.from(`${gunzipSync(answer.body)} `);
    const otherKey = `${key.slice(0, key.lastIndexOf('-'))}-${sha256(other).slice(0, 16)}.json.gz`;
    await lake.raw.put(otherKey, gzipSync(other), {
      metadata: { ...answer.info.metadata, sha256: sha256(other) },
    });

    const findings = findingsOf(await lake.verify());

    expect(findings).toMatchObject([
      { kind: 'bodies', object: key, problem: 'a manifest names it: it is not there' },
    ]);
    expect(findings[0]!.remedy).toContain(`which takes ${otherKey} in its place`);
  });

  test('tells of a damaged answer that no manifest names that it is to be deleted, where every manifest says so', async () => {
    const { key } = await firstBody();
    const spare = `${key.slice(0, key.lastIndexOf('-'))}-0123456789abcdef.json.gz`;
    await lake.raw.put(spare, Buffer.from('cut'));
    const remedies = async (parts: Parameters<SpoiltLake['verify']>[0] = {}) =>
      (await lake.verify(parts)).bodies.findings.map(({ remedy }) => remedy);

    expect(await remedies()).toEqual([
      `Delete it: no manifest names it, and ${key} answers the same request`,
    ]);
    const restore = expect.stringMatching(/^Restore it .* --force$/);
    expect(await remedies({ span: { from: DAY, to: DAY } })).toEqual([restore]);
    await lake.spoil('processed', manifestKey('small', NEXT), (body) => body.subarray(0, 100));
    expect(await remedies()).toEqual([restore]);
  });

  test.each<[string, (body: Buffer) => Uint8Array, string]>([
    ['is cut', (body) => body.subarray(0, -20), 'is not JSON'],
    ['is another document', () => Buffer.from('{}'), 'is not what this version writes'],
    [
      'has a letter changed',
      (body) => Buffer.from(body.toString().replace('"hourly"', '"daily"')),
      'its hash differs',
    ],
    [
      'is of another request',
      (body) => {
        const { sha256: _, ...document } = JSON.parse(body.toString());
        return writeRequestDocument({ ...document, request_id: 'abc' });
      },
      'it is about the request abc',
    ],
  ])('finds a request object that %s', async (_, edit, problem) => {
    const { request } = await firstBody();
    await lake.spoil('raw', request, edit);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'requests', bucket: 'raw', object: request, problem: expect.stringContaining(problem) },
    ]);
  });

  test('finds a request object that manifests name and that is gone, once', async () => {
    const { request } = await firstBody();
    await lake.raw.delete(request);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'requests', object: request, problem: 'a manifest names it: it is not there' },
    ]);
  });

  test('finds an answer whose question is gone and that no manifest names', async () => {
    const { key } = await firstBody();
    const { body, info } = (await lake.raw.get(key))!;
    const orphan = key.replace(/[0-9a-f]{16}-/, 'abc-');
    await lake.raw.put(orphan, body, { metadata: info.metadata });

    expect(findingsOf(await lake.verify())).toMatchObject([
      {
        kind: 'orphans',
        bucket: 'raw',
        object: orphan,
        problem: expect.stringContaining('abc.request.json'),
      },
    ]);
  });

  test('finds files in partitions that no manifest lists', async () => {
    const { body } = (await lake.processed.get(table))!;
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
    await lake.spoil('processed', table, flipBit);

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
      await lake.processed.delete(table);
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
    await lake.spoil('processed', table, flipBit);

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
      await lake.processed.put(`_staging/small/${run}/${table}`, Buffer.from('x'));
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
      `_staging/small/20261119T110000Z-00000002/${table}`,
      `_staging/small/20261119T110000Z-00000003/${table}`,
    ]);
  });

  test('repairs a raw answer, damaged or gone, from a whole copy of the same content', async () => {
    const { raw } = await lake.manifest(DAY);
    const [cut, gone] = [raw[0]!, raw[1]!];
    const originals = await Promise.all([cut, gone].map(({ key }) => lake.raw.get(key)));
    for (const { key } of [cut, gone]) {
      const { info, body } = (await lake.raw.get(key))!;
      await lake.raw.put(key.replace('small/', 'copy/'), body, { metadata: info.metadata });
      const request = raw.find((one) => one.key === key)!.request;
      const document = (await lake.raw.get(request))!.body;
      await lake.raw.put(request.replace('small/', 'copy/'), document);
    }
    await lake.spoil('raw', cut.key, (body) => body.subarray(0, 30));
    await lake.raw.delete(gone.key);

    const before = await lake.verify();
    const repaired = await lake.verify({ repair: true });
    const after = await lake.verify();

    expect(before.bodies).toMatchObject({ found: 2, repaired: 0 });
    expect(before.bodies.findings[0]!.remedy).toMatch(/^verify --repair copies copy\//);
    expect(repaired.bodies).toMatchObject({ found: 2, repaired: 2 });
    expect(findingsOf(after)).toEqual([]);
    const now = await Promise.all([cut, gone].map(({ key }) => lake.raw.get(key)));
    expect(now).toEqual(originals);
    expect((await readDamageNotes(lake.raw, 'small')).map(({ key, reason }) => [key, reason]).sort()).toEqual(
      [
        [cut.key, 'is cut short'],
        [gone.key, 'is not there'],
      ].sort(),
    );
  });

  test('verifies one pipeline and the days that are asked for, and no more', async () => {
    await lake.spoil('processed', table, flipBit);
    await lake.spoil('processed', table.replace(DAY, NEXT), flipBit);
    await lake.processed.put('_manifests/other/date=2026-11-17.json', Buffer.from('{'));

    const days = await lake.verify({ pipeline: smallPipeline(), span: { from: NEXT, to: NEXT } });
    const all = await lake.verify();

    expect(findingsOf(days).map(({ object }) => object)).toEqual([table.replace(DAY, NEXT)]);
    expect(findingsOf(all)).toHaveLength(3);
  });
});

test('a published day that was damaged is whole again after the replay that the finding names', async () => {
  const lake = await SpoiltLake.copyOf(whole, 'memory');
  await lake.spoil('processed', `weather_hourly/date=${DAY}/small.00000.parquet`, flipBit);
  await lake.processed.put(`weather_daily/date=${DAY}/small.00009.parquet`, Buffer.from('x'));
  const { replayDays } = await import('../../../core/runs/replay');

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

function flipBit(body: Buffer): Uint8Array {
  const middle = Math.floor(body.length / 2);
  body[middle]! ^= 1;
  return body;
}
