import { objectsUnder, openLeases, visibleObjects } from '../../lake/test-lake';
import { IngestBench } from './ingest-bench';

/** Days up to 2026-11-08 come from the archive, those after from the forecast: two runs, one after the other. */
const TWO_RUNS = { source: { history: { api: 'archive', models: ['era5'], older_than_days: 10 } } };
const EVENT = { from: '2026-11-08', to: '2026-11-10' };
/** A quarter of it is the margin. The first run must end within the rest. */
const LIMIT_MS = 10_000;

let bench: IngestBench;
afterEach(() => bench.close());

test('a run that cannot end in time stops before the limit, retryable, what it published whole and told', async () => {
  bench = await IngestBench.start({ pipeline: TWO_RUNS });
  bench.simulator.setFaults([{ when: { date: '2026-11-10' }, fault: { kind: 'hang' } }]);
  const begun = performance.now();

  const error = await bench.failure(EVENT, LIMIT_MS);

  expect(performance.now() - begun).toBeLessThan(LIMIT_MS);
  expect(error).toMatchObject({ name: 'DeadlineExceededError', retryable: true });
  expect(error.message).toMatch(
    /^2 of 3 days failed; the others: 2026-11-08 \(published\)\.\n {2}- 2026-11-09, 2026-11-10: DeadlineExceededError: .*give the function more time/,
  );
  expect(bench.output.metrics).toMatchObject([{ DaysPublished: 1, DaysFailed: 2 }]);
  const dates = [...(await visibleObjects(bench.processed)).keys()].map(
    (key) => /date=([\d-]+)/.exec(key)?.[1],
  );
  expect(new Set(dates)).toEqual(new Set(['2026-11-08']));
  expect(await openLeases(bench.processed)).toEqual([]);
});

test('tried again, it publishes what was left', async () => {
  bench = await IngestBench.start({ pipeline: TWO_RUNS });
  await bench.failure(EVENT, 0);
  expect(await bench.keys()).toEqual([]);
  expect(bench.simulator.log).toEqual([]);

  const { dates } = await bench.invoke(EVENT);

  expect(dates.map(({ outcome }) => outcome)).toEqual(['published', 'published', 'published']);
  expect((await objectsUnder(bench.processed, '_manifests/')).size).toBe(3);
});

test('an outage is sat out for no longer than the deadline allows', async () => {
  bench = await IngestBench.start({ pipeline: { source: { retry_for_seconds: 86_400 } } });
  bench.simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);
  const before = bench.clock.now();

  const error = await bench.failure({ date: '2026-11-17' }, 900_000);

  expect(error.name).toBe('SourceUnavailableError');
  expect(bench.clock.now() - before).toBeLessThanOrEqual(840_000);
  expect(bench.clock.now() - before).toBeGreaterThan(600_000);
});
