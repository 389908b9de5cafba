import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifest } from '../../../core/manifest/manifest-store';
import { ingest } from '../../../core/runs/ingest';
import type { RunReport } from '../../../core/runs/run-parts';
import type { Day } from '../../../core/time/day';
import type { Fault } from '../../../simulators/open-meteo/faults';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { VirtualClock } from '../../clock/virtual-clock';
import { smallPipeline } from '../../lake/small-pipeline';
import { lakeParts, NOW, objectsUnder, runOptions, visibleObjects } from '../../lake/test-lake';

const DAY = '2026-11-17' as Day;
const HOURLY_CHUNK_0 = { section: 'hourly', locationId: 1 } as const;

let folder: string;
let simulator: Simulator;
let clock: VirtualClock;
let lakes = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'faults-'));
  clock = new VirtualClock(NOW);
  simulator = await startSimulator({ clock: () => clock.now() });
});
afterEach(() => simulator.setFaults([]));
afterAll(async () => {
  await simulator.close();
  rmSync(folder, { recursive: true });
});

function newLake(pipeline = smallPipeline()) {
  return lakeParts({ pipeline, folder: join(folder, `lake-${++lakes}`), sourceUrl: simulator.url, clock });
}

async function rawBodies(parts: Awaited<ReturnType<typeof newLake>>): Promise<number> {
  const keys = [...(await objectsUnder(parts.raw, '')).keys()];
  return keys.filter((key) => key.endsWith('.json.gz')).length;
}

function errorsOf(report: RunReport) {
  return report.failures.map(({ error }) => ({
    name: error.name,
    retryable: error.retryable,
    message: error.message,
  }));
}

interface FaultCase {
  readonly fault: Fault;
  readonly error: string;
  readonly says: RegExp;
  /** Bodies in raw afterwards: those of the three sound requests, and the faulty one's if it came with a 200. */
  readonly kept: number;
}

const CASES: readonly FaultCase[] = [
  {
    fault: { kind: 'status', status: 502, body: '<html>Bad Gateway</html>' },
    error: 'SourceUnavailableError',
    says: /502/,
    kept: 3,
  },
  { fault: { kind: 'status', status: 503 }, error: 'SourceUnavailableError', says: /503/, kept: 3 },
  {
    fault: { kind: 'status', status: 400, body: '{"error":true,"reason":"Invalid timezone"}' },
    error: 'SourceRejectedError',
    says: /Invalid timezone/,
    kept: 3,
  },
  {
    fault: { kind: 'redirect', location: 'https://example.org/?apikey=secret-key' },
    error: 'SourceRejectedError',
    says: /redirect/i,
    kept: 3,
  },
  { fault: { kind: 'reset' }, error: 'SourceUnavailableError', says: /./, kept: 3 },
  { fault: { kind: 'truncate' }, error: 'SourceUnavailableError', says: /./, kept: 4 },
  { fault: { kind: 'cut_gzip' }, error: 'SourceUnavailableError', says: /ends before its JSON/, kept: 4 },
  { fault: { kind: 'no_last_chunk' }, error: 'SourceUnavailableError', says: /terminated/, kept: 4 },
  {
    fault: { kind: 'status', status: 429, body: '<h1>Slow down</h1>' },
    error: 'SourceUnavailableError',
    says: /429, Slow down/,
    kept: 3,
  },
  { fault: { kind: 'stream_error' }, error: 'SourceUnavailableError', says: /./, kept: 4 },
  { fault: { kind: 'stream_error', early: true }, error: 'SourceUnavailableError', says: /./, kept: 4 },
  {
    fault: { kind: 'body', body: '<html>maintenance</html>', contentType: 'text/html' },
    error: 'SourceContractError',
    says: /byte 0/,
    kept: 4,
  },
  ...['', '[{"latitude":36.85', '{"latitude":36.85,"hourly_units":{"time":"iso8601"}'].map((body) => ({
    fault: { kind: 'body', body } as const,
    error: 'SourceUnavailableError',
    says: /ends before its JSON/,
    kept: 4,
  })),
  {
    fault: { kind: 'body', body: '{"error":true,"reason":"odd"}' },
    error: 'SourceContractError',
    says: /odd/,
    kept: 4,
  },
  {
    fault: { kind: 'ragged', column: 'temperature_2m' },
    error: 'SourceContractError',
    says: /temperature_2m/,
    kept: 4,
  },
  {
    fault: { kind: 'drop_column', column: 'weather_code' },
    error: 'SourceContractError',
    says: /weather_code/,
    kept: 4,
  },
  {
    fault: { kind: 'text_value', column: 'precipitation' },
    error: 'SourceContractError',
    says: /precipitation/,
    kept: 4,
  },
  {
    fault: { kind: 'duplicate_key', column: 'precipitation' },
    error: 'SourceContractError',
    says: /precipitation/,
    kept: 4,
  },
  {
    fault: { kind: 'wrong_unit', column: 'precipitation', unit: 'furlong' },
    error: 'SourceContractError',
    says: /furlong/,
    kept: 4,
  },
  {
    fault: { kind: 'swap_location_ids' },
    error: 'SourceContractError',
    says: /-36.85, 174.76, as for 2 of 2 locations.*received 52\.\d+, 13\.\d+/,
    kept: 4,
  },
  {
    fault: { kind: 'envelope', members: { latitude: 999, longitude: 999 } },
    error: 'SourceContractError',
    says: /52.52, 13.41.*received 999, 999/,
    kept: 4,
  },
  {
    fault: { kind: 'envelope', members: { elevation: 32_767 } },
    error: 'SourceContractError',
    says: /-500 to 9000 m.*received 32767/,
    kept: 4,
  },
  { fault: { kind: 'trailing_text' }, error: 'SourceContractError', says: /./, kept: 4 },
  { fault: { kind: 'drop_location' }, error: 'SourceContractError', says: /2 locations/, kept: 4 },
  {
    fault: { kind: 'wrong_offset', seconds: 3600 },
    error: 'SourceContractError',
    says: /utc_offset_seconds/,
    kept: 4,
  },
];

describe.each(CASES)('when one request meets $fault', ({ fault, error, says, kept }) => {
  test(`it ends as ${error}, what came is kept, nothing is published, and the next run completes the day`, async () => {
    const parts = await newLake();
    simulator.setFaults([{ when: HOURLY_CHUNK_0, fault }]);

    const report = await ingest(parts, runOptions('faulty'), [DAY]);

    expect(errorsOf(report)).toEqual([
      { name: error, retryable: error === 'SourceUnavailableError', message: expect.stringMatching(says) },
    ]);
    expect(report.failures[0]!.error.message).not.toContain('secret-key');
    expect(report.dates).toMatchObject([{ day: DAY, outcome: 'failed' }]);
    expect(await rawBodies(parts)).toBe(kept);
    expect([...(await objectsUnder(parts.processed, '')).keys()]).toEqual([]);
    simulator.setFaults([]);
    clock.advance(86_400_000);
    const next = await ingest(parts, runOptions('next'), [DAY]);
    expect(next.dates).toMatchObject([{ day: DAY, outcome: 'published' }]);
  });
});

test.each<Fault>([
  { kind: 'nan_envelope' },
  { kind: 'nan_envelope', text: '-nan' },
  { kind: 'envelope', members: { latitude: null, longitude: null, elevation: null } },
])('a grid cell that the answer does not tell ($text) is null beside the same weather', async (fault) => {
  const parts = await newLake();
  const straight = await newLake();
  simulator.setFaults([{ when: HOURLY_CHUNK_0, fault }]);

  const report = await ingest(parts, runOptions('untold'), [DAY]);

  simulator.setFaults([]);
  await ingest(straight, runOptions('straight'), [DAY]);
  expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
  const [untold, told] = await Promise.all(
    [parts, straight].map(({ processed }) => visibleObjects(processed)),
  );
  const differing = [...told!].filter(([key, bytes]) => !untold!.get(key)!.equals(bytes));
  expect(differing.map(([key]) => key)).toEqual([`locations/date=${DAY}/small.00000.parquet`]);
});

test.each(['pretty', 'shuffle_keys'] as const)(
  'an answer that is only written otherwise (%s) gives the same bytes',
  async (kind) => {
    const plain = await newLake();
    const odd = await newLake();
    await ingest(plain, runOptions('plain'), [DAY]);
    simulator.setFaults([{ fault: { kind } }]);

    await ingest(odd, runOptions('odd'), [DAY]);

    expect(await visibleObjects(odd.processed)).toEqual(await visibleObjects(plain.processed));
  },
);

test('a known other unit is converted, so that the column keeps its own', async () => {
  const parts = await newLake();
  simulator.setFaults([
    { when: { section: 'hourly' }, fault: { kind: 'wrong_unit', column: 'precipitation', unit: 'cm' } },
  ]);

  const report = await ingest(parts, runOptions('converted'), [DAY]);

  expect(report.dates).toMatchObject([{ outcome: 'published' }]);
});

test.each([
  ['hour', 3_600_000],
  ['day', 86_400_000],
] as const)(
  'a quota of the %s ends the run with the moment to come back, and asks no more',
  async (window, length) => {
    const parts = await newLake();
    simulator.setFaults([{ fault: { kind: 'rate_limit', window } }]);
    const asked = simulator.log.length;
    const boundary = Math.ceil(clock.now() / length) * length;

    const report = await ingest(parts, runOptions('used-up'), [DAY]);

    const retryAt = report.failures.map(({ error }) => Date.parse(String(error.context.retry_at)));
    expect(new Set(errorsOf(report).map(({ name }) => name))).toEqual(new Set(['SourceUnavailableError']));
    expect(retryAt.every((instant) => instant >= boundary && instant < boundary + 60_000)).toBe(true);
    expect(simulator.log.length - asked).toBe(1);
    expect([...(await objectsUnder(parts.processed, '')).keys()]).toEqual([]);
    clock.advance(length * 2);
  },
);

test('a minute used up by others of the same address is waited for and logged as such', async () => {
  const warnings: string[] = [];
  const logger = {
    debug() {},
    info() {},
    error() {},
    warn: (message: string) => void warnings.push(message),
  };
  const pipeline = smallPipeline();
  const parts = await lakeParts({
    pipeline,
    folder: join(folder, `lake-${++lakes}`),
    sourceUrl: simulator.url,
    clock,
    logger,
  });
  simulator.setFaults([{ when: { nth: 1 }, fault: { kind: 'rate_limit', window: 'minute' } }]);
  const before = clock.now();

  const report = await ingest(parts, runOptions('shared'), [DAY]);

  expect(report.dates).toMatchObject([{ outcome: 'published' }]);
  expect(clock.now() - before).toBeGreaterThan(1_000);
  expect(warnings).toContainEqual(expect.stringMatching(/others/));
});

test.each([
  { kind: 'rate_limit', window: 'minute' },
  { kind: 'rate_limit', window: 'concurrent' },
  { kind: 'status', status: 429, body: 'Enhance your calm' },
  { kind: 'status', status: 503 },
] as const)(
  'a source that refuses every request with $kind $window $status is waited for once',
  async (fault) => {
    const parts = await newLake(smallPipeline({ locations: [0, 5], chunk: 1 }));
    simulator.setFaults([{ fault }]);
    const before = clock.now();

    const report = await ingest(parts, runOptions('refused', { retryForSeconds: 300 }), [DAY]);

    expect(report.failures).toHaveLength(10);
    expect(errorsOf(report).every(({ message }) => message.includes('Try again'))).toBe(true);
    expect(clock.now() - before).toBeLessThanOrEqual(300_000);
    clock.advance(120_000);
  },
);

test('a whole body without its last chunk is asked for again, and not published by a run that fails', async () => {
  const parts = await newLake();
  simulator.setFaults([{ when: { ...HOURLY_CHUNK_0, nth: 1 }, fault: { kind: 'no_last_chunk' } }]);

  const report = await ingest(parts, runOptions('again', { retryForSeconds: 60 }), [DAY]);

  expect(report.failures).toEqual([]);
  expect(report.dates).toMatchObject([{ day: DAY, outcome: 'published' }]);
  expect(await rawBodies(parts)).toBe(5);
});

test('a value out of range becomes null, stands in quarantine, and leaves it when a rerun finds none', async () => {
  const parts = await newLake();
  const quarantine = `_quarantine/weather_hourly/date=${DAY}/small.00000.parquet`;
  simulator.setFaults([
    { when: HOURLY_CHUNK_0, fault: { kind: 'out_of_range', column: 'temperature_2m', value: 99 } },
  ]);

  await ingest(parts, runOptions('out'), [DAY]);
  const manifest = await readManifest(parts.processed, 'small', DAY);
  simulator.setFaults([]);
  const report = await ingest(parts, runOptions('in'), [DAY]);

  expect(manifest!.quarantine).toMatchObject([{ key: quarantine }]);
  expect(manifest!.tables.weather_hourly!.columns.temperature_2m!.out_of_range).toBe(
    manifest!.quarantine[0]!.rows,
  );
  expect(report.dates).toMatchObject([{ outcome: 'published', published: { quarantined: 0 } }]);
  expect(await parts.processed.head(quarantine)).toBeUndefined();
});

test('a day past its limits is not published, and what was published before stays whole', async () => {
  const parts = await newLake();
  await ingest(parts, runOptions('sound'), [DAY]);
  const before = await objectsUnder(parts.processed, '');
  simulator.setFaults([
    { when: { section: 'hourly' }, fault: { kind: 'null_column', column: 'temperature_2m' } },
  ]);

  const report = await ingest(parts, runOptions('nulls'), [DAY]);

  expect(report.dates).toMatchObject([
    {
      outcome: 'failed',
      error: {
        name: 'DataQualityError',
        message: expect.stringMatching(/weather_hourly\.temperature_2m: 48 of 72 values are null/),
      },
    },
  ]);
  expect(await objectsUnder(parts.processed, '')).toEqual(before);
});

test('a daily maximum whose mean is null is taken out as an incomplete day', async () => {
  const parts = await newLake();
  simulator.setFaults([{ fault: { kind: 'null_hour', hour: `${DAY}T10:00`, column: 'temperature_2m' } }]);

  await ingest(parts, runOptions('hole'), [DAY]);

  const manifest = await readManifest(parts.processed, parts.pipeline.name, DAY);
  const columns = manifest?.tables.weather_daily?.columns;
  expect(columns?.temperature_2m_mean).toMatchObject({ rows: 3, nulls: 3 });
  expect(columns?.temperature_2m_max).toMatchObject({ rows: 3, nulls: 0, incomplete_day: 3 });
});

test('a failed request that the pipeline tolerates leaves a partial day, which the next run completes', async () => {
  const pipeline = smallPipeline({ source: { tolerated_failed_share: 0.3 } });
  const parts = await newLake(pipeline);
  simulator.setFaults([{ when: HOURLY_CHUNK_0, fault: { kind: 'status', status: 500 } }]);

  const first = await ingest(parts, runOptions('partial'), [DAY]);
  simulator.setFaults([]);
  const second = await ingest(parts, runOptions('whole'), [DAY]);

  expect(first.dates).toMatchObject([
    {
      outcome: 'published',
      published: {
        partial: true,
        missing: [
          { table: 'weather_hourly', locations_missing: ['berlin', 'auckland'] },
          { table: 'locations', locations_missing: ['berlin', 'auckland'] },
        ],
      },
    },
  ]);
  expect(errorsOf(first)).toMatchObject([{ name: 'SourceUnavailableError' }]);
  expect(second.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
});

test('a failed request of a published day is made up for by what the manifest names', async () => {
  const parts = await newLake();
  await ingest(parts, runOptions('first'), [DAY]);
  const before = await visibleObjects(parts.processed);
  simulator.setFaults([{ when: HOURLY_CHUNK_0, fault: { kind: 'status', status: 500 } }]);

  const report = await ingest(parts, runOptions('second'), [DAY]);

  expect(report.failures).toHaveLength(1);
  expect(report.dates).toMatchObject([{ outcome: 'published', published: { partial: false } }]);
  expect(await visibleObjects(parts.processed)).toEqual(before);
});
