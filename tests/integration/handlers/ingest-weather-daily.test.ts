import { openLeases } from '../../lake/test-lake';
import { emfLine } from './captured-output';
import { DIMENSIONS, IngestBench, type IngestBenchOptions, SERVICE } from './ingest-bench';

/** Noon of the bench's clock: every location has ended 2026-11-18 by ten o'clock. */
const SCHEDULED = '2026-11-19T11:30:00Z';
const QUIET = {
  DaysPublished: 0,
  DaysUnchanged: 0,
  DaysFailed: 0,
  DaysPartial: 0,
  RowsPublished: 0,
  RowsQuarantined: 0,
  RequestsSent: 0,
  RequestsFailed: 0,
};

let bench: IngestBench;
const start = async (options?: IngestBenchOptions) => {
  bench = await IngestBench.start(options);
  return bench;
};
afterEach(() => bench.close());

const counts = (some: Partial<typeof QUIET>) => emfLine(SERVICE, { ...QUIET, ...some }, DIMENSIONS);

describe('a scheduled invocation', () => {
  test("publishes the days of the pipeline's window before the schedule's time, whatever the clock says", async () => {
    await start();
    bench.clock.advance(3 * 86_400_000);

    const result = await bench.invoke({ scheduled_time: SCHEDULED });

    expect(result).toEqual({
      pipeline: 'small',
      run_id: expect.stringMatching(/^20261122T120000Z-[0-9a-f]{8}$/),
      simulated: true,
      dates: ['2026-11-17', '2026-11-18'].map((date) => ({ date, outcome: 'published', partial: false })),
    });
    expect(await bench.keys('_manifests/')).toEqual([
      '_manifests/small/date=2026-11-17.json',
      '_manifests/small/date=2026-11-18.json',
    ]);
    expect(await bench.keys('_staging/')).toEqual([]);
    expect(await openLeases(bench.processed)).toEqual([]);
  });

  test('counts what it did in one line of metrics with exactly three dimensions', async () => {
    await start();

    await bench.invoke({ scheduled_time: SCHEDULED });

    // Two days of three locations: 24 hourly rows, one daily row and one row of locations each.
    const rows = 2 * 3 * (24 + 1 + 1);
    expect(bench.output.metrics).toEqual([
      counts({ DaysPublished: 2, RowsPublished: rows, RequestsSent: 4 }),
    ]);
  });

  test("logs in Powertools' form, each line with pipeline and run, those of a day with its date", async () => {
    await start();

    const { run_id } = await bench.invoke({ scheduled_time: SCHEDULED });

    const { logs } = bench.output;
    expect(logs.length).toBeGreaterThan(3);
    for (const line of logs) {
      expect(line).toMatchObject({
        level: expect.any(String),
        service: SERVICE,
        function_request_id: '11111111-2222-3333-4444-555555555555',
        cold_start: expect.any(Boolean),
        pipeline: 'small',
        run_id,
      });
    }
    const dates = logs.filter(({ message }) => message === 'A date was handled');
    expect(dates.map(({ batch_date, stage }) => [batch_date, stage]).sort()).toEqual([
      ['2026-11-17', 'publish'],
      ['2026-11-18', 'publish'],
    ]);
  });

  test('sent twice changes nothing the second time', async () => {
    await start({ simulator: { gzip: false } });
    await bench.invoke({ scheduled_time: SCHEDULED });
    const before = await bench.keys();

    const { dates } = await bench.invoke({ scheduled_time: SCHEDULED });

    expect(dates.map(({ date }) => date)).toEqual(['2026-11-17', '2026-11-18']);
    expect(await bench.keys()).toEqual(before);
  });
});

describe('an invocation by hand', () => {
  test.each([
    [{ date: '2026-11-10' }, ['2026-11-10']],
    [{ from: '2026-11-09', to: '2026-11-11' }, ['2026-11-09', '2026-11-10', '2026-11-11']],
  ])('of %j publishes these days', async (event, expected) => {
    await start();

    const { dates } = await bench.invoke(event);

    expect(dates.map(({ date }) => date)).toEqual(expected);
  });

  test('takes the pipeline as it was deployed last', async () => {
    await start();
    await bench.invoke({ date: '2026-11-10' });
    await bench.raw.put('config/small.json', Buffer.from('{"name": "small"}'));

    const error = await bench.failure({ date: '2026-11-10' });

    expect(error.name).toBe('ConfigError');
    expect(error.message).toMatch(/config\/small\.json has mistakes.*\n.*schema_version/);
  });
});

describe('an event that cannot be used', () => {
  test.each([
    [{ scheduled_time: '<aws.scheduler.scheduled-time>' }, /was not replaced.*\(received "<aws\.scheduler/s],
    [{ scheduled_time: 'yesterday' }, /scheduled_time: must be an instant.*\(received "yesterday"\)/],
    [{ scheduled_time: '2026-11-19' }, /scheduled_time: must be an instant/],
    [{}, /must say which days, in one way.*\(received \{\}\)/],
    [{ scheduled_time: SCHEDULED, date: '2026-11-10' }, /must say which days, in one way/],
    [null, /must be an object \(received null\)/],
    ['2026-11-10', /must be an object/],
    [
      { date: '2026-02-30', form: 1 },
      /date: must be a day.*\n.*form: no such key here; did you mean force or from\?/,
    ],
    [{ date: '2026-02-30' }, /date: must be a day of the calendar.*\(received "2026-02-30"\)/],
    [{ from: '2026-11-10' }, /to: is missing; from needs it, or use date for one day/],
    [{ from: '2026-11-10', to: '2026-11-09' }, /from: is after to \(2026-11-09\); swap them/],
    [{ date: '2026-11-10', from: '2026-11-10', to: '2026-11-10' }, /date: excludes from and to/],
    [{ from: '2026-01-01', to: '2026-02-01' }, /at most 31 days; send several events.*\(received 32 days\)/],
    [{ date: '2026-11-10', force: 'yes' }, /force: must be boolean.*\(received "yes"\)/],
    [{ date: '2026-11-19' }, /2026-11-19: the day is not over at Honolulu/],
    [{ scheduled_time: '2026-12-01T11:30:00Z' }, /2026-11-29: the day is not over at Honolulu/],
  ])(
    '%j is refused with what was received and the way out, before the source is asked',
    async (event, says) => {
      await start();

      const error = await bench.failure(event);

      expect(error).toMatchObject({ name: 'ConfigError', retryable: false });
      expect(error.message).toMatch(says);
      expect(bench.simulator.log).toEqual([]);
      expect(await bench.keys()).toEqual([]);
      expect(bench.output.metrics).toEqual([]);
    },
  );

  test('a pipeline that was not deployed is told with the way out', async () => {
    await start();
    await bench.raw.delete('config/small.json');

    const error = await bench.failure({ date: '2026-11-10' });

    expect(error.message).toMatch(/config\/small\.json: there is no such object; deploy the pipeline/);
  });

  test('a pipeline under the key of another is refused', async () => {
    await start({ pipeline: { extra: { name: 'other' } } });

    const error = await bench.failure({ date: '2026-11-10' });

    expect(error.message).toMatch(
      /config\/small\.json: holds a pipeline of another name.*\(received other\)/,
    );
  });
});

describe('when days fail', () => {
  test('a source that is down ends the invocation as retryable, nothing is published, and the metrics say so', async () => {
    await start();
    bench.simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);

    const error = await bench.failure({ scheduled_time: SCHEDULED });

    expect(error).toMatchObject({ name: 'SourceUnavailableError', retryable: true });
    expect(error.message).toMatch(
      /^2 of 2 days failed; the others: none\.\n {2}- 2026-11-17, 2026-11-18: Source/,
    );
    expect((await bench.keys()).filter((key) => !key.startsWith('_leases/'))).toEqual([]);
    expect(await openLeases(bench.processed)).toEqual([]);
    expect(bench.output.metrics).toEqual([counts({ DaysFailed: 2, RequestsFailed: 4 })]);
  });

  test('a quota that is used up for the day ends it with the moment to come back', async () => {
    await start();
    bench.simulator.setFaults([{ fault: { kind: 'rate_limit', window: 'day' } }]);

    const error = await bench.failure({ scheduled_time: SCHEDULED });

    expect(error).toMatchObject({ name: 'SourceUnavailableError', retryable: true });
    expect(error.message).toMatch(/quota of this day is used up\. Try again from 2026-11-20T00:00/);
    expect(bench.simulator.log).toHaveLength(1);
  });

  test('one day past its limits leaves the others published, and the error names it and them', async () => {
    await start();
    await bench.invoke({ date: '2026-11-16' });
    bench.simulator.setFaults([
      { fault: { kind: 'null_hour', hour: '2026-11-17T00:00', hours: 24, column: 'temperature_2m' } },
    ]);

    const error = await bench.failure({ from: '2026-11-15', to: '2026-11-17' });

    expect(error).toMatchObject({
      name: 'DataQualityError',
      retryable: false,
      context: { failed: ['2026-11-17'] },
    });
    expect(error.message).toMatch(
      /^1 of 3 days failed; the others: 2026-11-15 \(published\), 2026-11-16 \((published|unchanged)\)\.\n {2}- 2026-11-17: DataQualityError: /,
    );
    expect(await bench.keys('_manifests/')).toEqual([
      '_manifests/small/date=2026-11-15.json',
      '_manifests/small/date=2026-11-16.json',
    ]);
    expect(bench.output.metrics.at(-1)).toMatchObject({ DaysFailed: 1 });
  });

  test('of several failures the gravest gives the error its name, and both are told', async () => {
    await start({
      pipeline: { source: { history: { api: 'archive', models: ['era5'], older_than_days: 4 } } },
    });
    bench.simulator.setFaults([
      {
        when: { path: '/v1/archive' },
        fault: { kind: 'status', status: 400, body: '{"error":true,"reason":"No"}' },
      },
      { when: { path: '/v1/forecast' }, fault: { kind: 'status', status: 503 } },
    ]);

    const error = await bench.failure({ from: '2026-11-14', to: '2026-11-15' });

    expect(error).toMatchObject({ name: 'SourceRejectedError', retryable: false });
    expect(error.message).toMatch(/2026-11-14: SourceRejectedError/);
    expect(error.message).toMatch(/2026-11-15: SourceUnavailableError/);
  });

  test('a date that another run publishes is not waited for', async () => {
    await start();
    const lease = {
      run_id: 'other',
      holder: 'other',
      state: 'held',
      tables: [],
      expires_at: new Date(bench.clock.now() + 60_000).toISOString(),
    };
    await bench.processed.put('_leases/small/date=2026-11-10.json', Buffer.from(JSON.stringify(lease)));
    const before = bench.clock.now();

    const error = await bench.failure({ date: '2026-11-10' });

    expect(error).toMatchObject({ name: 'LeaseHeldError', retryable: true });
    expect(bench.clock.now()).toBe(before);
  });

  test('a store that fails before any day is told as it is, and the metrics count the days', async () => {
    await start();
    bench.processed.before = () => {
      throw new Error('The network is gone.');
    };

    const error = await bench.failure({ scheduled_time: SCHEDULED });

    expect(error.message).toBe('The network is gone.');
    expect(bench.output.metrics).toEqual([counts({ DaysFailed: 2 })]);
  });
});
