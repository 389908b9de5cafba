import { KEYED_LOCATIONS } from '../../../simulators/open-meteo/options';
import { IngestBench } from './ingest-bench';

const API_KEY = 'secret+key/of=ours';
const KEYED = {
  pipeline: { source: { plan: 'keyed' } },
  simulator: { keyed: { apiKey: API_KEY, locations: KEYED_LOCATIONS } },
} as const;

let bench: IngestBench;
afterEach(() => bench.close());

async function everythingKept(): Promise<string> {
  const texts: string[] = [];
  for (const store of [bench.raw, bench.processed]) {
    for await (const { key } of store.list('')) {
      const { body, info } = (await store.get(key))!;
      texts.push(key, JSON.stringify(info), Buffer.from(body).toString('latin1'));
    }
  }
  return texts.join('\n');
}

test('the key of the secret is sent, and stands in nothing that is printed or kept', async () => {
  bench = await IngestBench.start({ ...KEYED, readApiKey: async () => API_KEY });

  const { dates } = await bench.invoke({ date: '2026-11-10' });

  expect(dates).toMatchObject([{ outcome: 'published' }]);
  expect(bench.output.text).not.toContain(API_KEY);
  expect(await everythingKept()).not.toContain(API_KEY);
});

test('a key that is refused stands in no error', async () => {
  bench = await IngestBench.start({ ...KEYED, readApiKey: async () => `${API_KEY}x` });

  const error = await bench.failure({ date: '2026-11-10' });

  expect(error.name).toBe('SourceRejectedError');
  expect(`${error.stack}${JSON.stringify(error)}${bench.output.text}`).not.toContain(API_KEY);
});

test('a key that was changed is used by the next invocation of the same process', async () => {
  const keys = ['wrong', API_KEY];
  bench = await IngestBench.start({ ...KEYED, readApiKey: async () => keys.shift()! });
  await bench.failure({ date: '2026-11-10' });

  const { dates } = await bench.invoke({ date: '2026-11-10' });

  expect(dates).toMatchObject([{ outcome: 'published' }]);
});

test('without a secret the keyed plan is refused with the variable that is missing', async () => {
  bench = await IngestBench.start(KEYED);

  const error = await bench.failure({ date: '2026-11-10' });

  expect(error.name).toBe('ConfigError');
  expect(error.message).toMatch(/API_KEY_SECRET_ARN: is missing.*api_key_secret_arn/);
  expect(bench.output.metrics).toMatchObject([{ DaysFailed: 1 }]);
});

test('one source serves the invocations of a process, so that it keeps account of the quota', async () => {
  bench = await IngestBench.start({
    pipeline: { source: { max_weight_per_request: 5, limits: { minute: 600, hour: 5000, day: 7 } } },
  });
  await bench.invoke({ date: '2026-11-10' });

  const error = await bench.failure({ date: '2026-11-11' });

  expect(error.message).toMatch(/quota of this day is used up/);
  expect(bench.simulator.log.length).toBeLessThan(8);
});
