import { sha256 } from '../../../core/hash';
import { manifestKey } from '../../../core/keys/processed-keys';
import { smallPipeline } from '../../lake/small-pipeline';
import { flipBit } from '../../lake/spoil-raw';
import type { RunLake } from '../runs/run-lake';
import { AGAIN, DAY, findingsOf, HOURLY, NEXT, SpoiltLake, STORES, wholeLake } from './spoilt-lake';

let whole: RunLake;
beforeAll(async () => {
  whole = await wholeLake();
});

describe.each(STORES)('published objects in %s', (where) => {
  let lake: SpoiltLake;
  beforeEach(async () => {
    lake = await SpoiltLake.copyOf(whole, where);
  });
  afterEach(() => lake.remove());

  test.each<[string, (body: Buffer) => Uint8Array, string]>([
    ['is cut', (body) => body.subarray(0, -9), 'bytes, '],
    ['is empty', () => Buffer.alloc(0), 'it has 0 bytes'],
    ['has a bit changed', flipBit, 'its bytes were changed'],
  ])('finds a published file that %s', async (_, edit, problem) => {
    await lake.spoil('processed', HOURLY, edit);

    const report = await lake.verify();

    expect(findingsOf(report)).toEqual([
      {
        kind: 'objects',
        bucket: 'processed',
        object: HOURLY,
        problem: expect.stringContaining(problem),
        remedy: expect.stringContaining(AGAIN),
        repaired: false,
      },
    ]);
  });

  test('finds a published file that is gone', async () => {
    await lake.processed.delete(HOURLY);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'objects', object: HOURLY, problem: expect.stringContaining('it is not there') },
    ]);
  });

  test('finds a quarantine file that is changed', async () => {
    const { key } = (await lake.manifest(DAY)).quarantine[0]!;
    await lake.spoil('processed', key, flipBit);

    expect(findingsOf(await lake.verify())).toMatchObject([{ kind: 'objects', object: key }]);
  });

  test('finds by the other reader a file whose pages are damaged and whose hash the manifest tells', async () => {
    await lake.spoil('processed', HOURLY, (body) => body.fill(0xff, 40, 80));
    const { body } = (await lake.processed.get(HOURLY))!;
    await lake.editManifest(DAY, ({ objects }) => ({
      objects: objects.map((one) => (one.key === HOURLY ? { ...one, sha256: sha256(body) } : one)),
    }));

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'objects', object: HOURLY, problem: expect.stringContaining('parquet-wasm cannot read it') },
    ]);
  });

  test.each<[string, Parameters<SpoiltLake['editManifest']>[1], string]>([
    [
      'other rows of an object',
      ({ objects }) => ({ objects: objects.map((one) => (one.key === HOURLY ? { ...one, rows: 47 } : one)) }),
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
    await lake.spoil('processed', HOURLY.replace(DAY, NEXT), flipBit);

    expect(findingsOf(await lake.verify())).toMatchObject([
      { kind: 'manifests', object: manifestKey('small', DAY), remedy: expect.stringContaining(AGAIN) },
      { kind: 'objects', object: HOURLY.replace(DAY, NEXT) },
    ]);
  });
});
