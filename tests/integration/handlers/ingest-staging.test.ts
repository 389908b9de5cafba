import { writeDocument } from '../../../core/json-document';
import { IngestBench } from './ingest-bench';

const SCHEDULED = '2026-11-19T11:30:00Z';
const MINUTE_MS = 60_000;
const FILE = 'weather_daily/date=2026-11-01/small.00000.parquet';

let bench: IngestBench;
beforeEach(async () => {
  bench = await IngestBench.start();
});
afterEach(() => bench.close());

async function leave(run: string, endsBy: number): Promise<void> {
  const since = new Date(endsBy - 15 * MINUTE_MS).toISOString();
  const owner = { holder: 'request', since, ends_by: new Date(endsBy).toISOString() };
  await bench.processed.put(`_staging/small/${run}.json`, writeDocument(owner));
  await bench.processed.put(`_staging/small/${run}/${FILE}`, Buffer.from('x'));
}

test('an invocation removes the staging of functions that were ended, and of no other', async () => {
  const now = bench.clock.now();
  await leave('20261119T110000Z-0000dead', now - MINUTE_MS);
  await leave('20261119T115500Z-0000a11e', now + MINUTE_MS);

  await bench.invoke({ scheduled_time: SCHEDULED });

  expect(await bench.keys('_staging/')).toEqual([
    '_staging/small/20261119T115500Z-0000a11e.json',
    `_staging/small/20261119T115500Z-0000a11e/${FILE}`,
  ]);
  expect(bench.output.logs).toContainEqual(
    expect.objectContaining({
      message: 'Staging that old runs left behind was removed',
      runs: ['20261119T110000Z-0000dead'],
    }),
  );
});

test('an invocation says when it is ended at the latest, with room for clocks that differ', async () => {
  const owners: string[] = [];
  const put = bench.processed.put.bind(bench.processed);
  jest.spyOn(bench.processed, 'put').mockImplementation((key, body, options) => {
    if (/^_staging\/small\/[^/]+\.json$/.test(key)) owners.push(Buffer.from(body).toString());
    return put(key, body, options);
  });
  const now = bench.clock.now();

  await bench.invoke({ scheduled_time: SCHEDULED }, 10 * MINUTE_MS);

  expect(owners.map((text) => JSON.parse(text))).toEqual([
    {
      holder: '11111111-2222-3333-4444-555555555555',
      since: new Date(now).toISOString(),
      ends_by: new Date(now + 15 * MINUTE_MS).toISOString(),
    },
  ]);
});

test('an invocation ends well where the staging of others cannot be removed', async () => {
  await leave('20261119T110000Z-0000dead', bench.clock.now() - MINUTE_MS);
  const { StorageError } = await import('../../../core/errors');
  const remove = bench.processed.delete.bind(bench.processed);
  jest
    .spyOn(bench.processed, 'delete')
    .mockImplementation((key) =>
      key.includes('0000dead') ? Promise.reject(new StorageError('The store is out of order.')) : remove(key),
    );

  const { dates } = await bench.invoke({ scheduled_time: SCHEDULED });

  expect(dates.map(({ outcome }) => outcome)).toEqual(['published', 'published']);
  expect(bench.output.logs).toContainEqual(
    expect.objectContaining({ message: 'Staging could not be swept', reason: 'The store is out of order.' }),
  );
});
