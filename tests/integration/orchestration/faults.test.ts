import { MessagingError, StorageError } from '../../../core/errors';
import { MAX_ATTEMPTS } from '../../../core/messages/decide-message';
import { requestEndsPrefix } from '../../../core/orchestration/run-keys';
import type { RequestItem } from '../../../handlers/plan-run/contract';
import type { FinishResult } from '../../../handlers/publish-run/contract';
import { objectsUnder } from '../../lake/test-lake';
import { OrchestrationBench, type OrchestrationOptions } from '../../orchestration/orchestration-bench';

const SCHEDULED = { scheduled_time: '2026-11-19T12:00:00Z' };

let bench: OrchestrationBench;
afterEach(() => bench.close());

async function start(options: OrchestrationOptions = {}): Promise<void> {
  bench = await OrchestrationBench.start({ pipeline: { chunk: 5 }, ...options });
}

const notesOf = ({ run_id: runId }: { readonly run_id: string }) =>
  requestEndsPrefix({ pipeline: 'small', runId });

test('a message that comes twice is sent to the source once, and the second is counted', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  await bench.send(item!);
  const handed = bench.buffer.receive()!;
  const body = JSON.parse(handed.body);
  await bench.buffer.send({ body: handed.body, group: handed.group, deduplicationId: 'again' });
  await bench.poll();
  bench.clock.advance(3_600_000);

  while (await bench.poll());

  expect(bench.statuses).toEqual([200]);
  expect(bench.tokens.ends.get(body.task_token)).toBe('succeeded');
  expect(bench.metric('TokensGone')).toBe(1);
  expect(bench.buffer.bodies).toEqual([]);
});

test('a message whose task has timed out still writes raw, ends quietly and is counted', async () => {
  await start({ taskTimeoutSeconds: 600 });
  bench.simulator.setFaults([{ when: { times: 10 }, fault: { kind: 'status', status: 503 } }]);

  const result = await bench.execute(SCHEDULED).catch((error: Error) => error);

  expect(result).toMatchObject({
    name: 'RunFailedError',
    message: expect.stringContaining('Nobody told how the request ended'),
  });
  expect([...bench.tokens.ends.values()]).toEqual(['timed_out', 'timed_out']);
  await bench.drain();
  expect(bench.metric('TokensGone')).toBe(2);
  expect(bench.deadLetters).toEqual([]);
  expect(bench.buffer.bodies).toEqual([]);
  const bodies: string[] = [];
  for await (const { key } of bench.raw.list('small/')) if (key.endsWith('.gz')) bodies.push(key);
  expect(bodies).toHaveLength(2);

  const asked = bench.simulator.log.length;
  const redriven = (await bench.execute({ from: '2026-11-17', to: '2026-11-18' })) as FinishResult;

  expect(redriven.dates.published).toBe(2);
  expect(bench.simulator.log).toHaveLength(asked);
});

test('two executions of one day both end well, and the day is whole', async () => {
  await start();
  const plans = [await bench.plan(SCHEDULED), await bench.plan(SCHEDULED)];

  await bench.fetchAll(plans);
  const results = await Promise.all(plans.map((plan) => bench.complete(plan)));

  expect(plans[0]!.run_id).not.toBe(plans[1]!.run_id);
  expect(results).toMatchObject(Array(2).fill({ requests: { planned: 2, answered: 2, failed: 0 } }));
  expect(bench.statuses).toEqual(Array(4).fill(200));
  expect(bench.metric('TokensGone')).toBe(0);
  expect((await bench.manifest('2026-11-18'))!.partial).toBe(false);
});

test('the same request of two executions within five minutes is answered in both', async () => {
  await start();
  const plans = [await bench.plan({ date: '2026-11-18' }), await bench.plan({ date: '2026-11-18' })];
  const items = await Promise.all(plans.map((plan) => bench.items<RequestItem>(plan.requests_key)));

  const tokens = [await bench.send(items[0]![0]!), await bench.send(items[1]![0]!)];
  while (await bench.poll());

  expect(items[0]![0]!.request_id).toBe(items[1]![0]!.request_id);
  expect(tokens.map((token) => bench.tokens.ends.get(token))).toEqual(['succeeded', 'succeeded']);
});

test('a function that dies once the answer is kept is followed by one that only tells of it', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  const succeed = jest
    .spyOn(bench.tokens, 'succeed')
    .mockRejectedValueOnce(new Error('The process is gone.'));

  await bench.fetchAll([plan]);

  expect(succeed).toHaveBeenCalledTimes(3);
  expect(bench.statuses).toEqual([200, 200]);
  await expect(bench.complete(plan)).resolves.toMatchObject({ requests: { answered: 2 } });
});

test('a failed request whose next message cannot be sent stays in the queue', async () => {
  await start();
  bench.simulator.setFaults([{ when: { nth: 1 }, fault: { kind: 'status', status: 503 } }]);
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  await bench.send(item!);
  bench.buffer.before = () => {
    throw new MessagingError('The queue does not answer.');
  };

  await bench.poll();

  expect(bench.buffer.bodies).toHaveLength(1);
  expect(bench.output.logs).toContainEqual(
    expect.objectContaining({
      message: 'A message stays in the queue',
      reason: 'The queue does not answer.',
    }),
  );
});

test('a message that nobody can be told of comes back after a minute, and is counted', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  const token = await bench.send(item!);
  jest.spyOn(bench.tokens, 'succeed').mockRejectedValueOnce(new MessagingError('Step Functions is busy.'));

  await bench.poll();

  expect(bench.metric('MessagesLeft')).toBe(1);
  bench.clock.advance(59_000);
  expect(await bench.poll()).toBe(false);
  bench.clock.advance(1000);
  expect(await bench.poll()).toBe(true);
  expect(bench.tokens.ends.get(token)).toBe('succeeded');
  expect(bench.statuses).toEqual([200]);
});

test('the age of the oldest request counts on while it waits for the quota and while it is tried again', async () => {
  await start({ taskTimeoutSeconds: 7 * 86_400 });
  bench.simulator.setFaults([
    { when: { nth: 1 }, fault: { kind: 'rate_limit', window: 'day' } },
    { when: { nth: 2 }, fault: { kind: 'rate_limit', window: 'day' } },
    { when: { nth: 3 }, fault: { kind: 'status', status: 503 } },
  ]);
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  const sentAt = bench.clock.now();
  await bench.send(item!);

  await bench.drain();

  const waited = (bench.clock.now() - sentAt) / 1000;
  expect(bench.statuses).toEqual([429, 429, 503, 200]);
  expect(waited).toBeGreaterThan(24 * 3600);
  expect(bench.largest('OldestRequestAge')).toBe(waited);
  expect(bench.output.metrics[0]).toMatchObject({
    OldestRequestAge: 0,
    _aws: {
      CloudWatchMetrics: [
        { Metrics: expect.arrayContaining([{ Name: 'OldestRequestAge', Unit: 'Seconds' }]) },
      ],
    },
  });
});

test('a given up request whose end cannot be noted fails its task and leaves its letter all the same', async () => {
  await start();
  bench.simulator.setFaults([{ when: { times: 9 }, fault: { kind: 'status', status: 400 } }]);
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  const token = await bench.send(item!);
  bench.processed.before = (call, key) => {
    if (call === 'put' && key.startsWith(notesOf(plan))) throw new StorageError('The bucket is full.');
  };

  await bench.poll();

  expect(bench.deadLetters).toMatchObject([{ reason: { name: 'SourceRejectedError' } }]);
  expect(bench.tokens.ends.get(token)).toMatchObject({ name: 'SourceRejectedError' });
  expect(bench.buffer.bodies).toEqual([]);
  expect(bench.output.logs).toContainEqual(
    expect.objectContaining({ message: 'The end of a request could not be noted' }),
  );
});

test('a second message of a request that was answered does not take its answer back when it is given up', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  await bench.send(item!);
  await bench.poll();
  const notes = await objectsUnder(bench.processed, notesOf(plan));
  bench.processed.before = (call) => {
    if (call === 'get') throw new StorageError('The bucket does not answer.');
  };
  const again = { task_token: bench.tokens.issue(60), item: item!, attempt: MAX_ATTEMPTS };
  await bench.buffer.send({ body: JSON.stringify(again), group: item!.group, deduplicationId: 'again' });

  await bench.poll();

  bench.processed.before = () => {};
  expect(bench.deadLetters).toMatchObject([{ reason: { name: 'StorageError' } }]);
  expect(notes.size).toBe(1);
  expect(await objectsUnder(bench.processed, notesOf(plan))).toEqual(notes);
});

test('messages behind one that stays are left alone, those of other groups are not', async () => {
  await start({ pipeline: { locations: [0, 4], chunk: 1 } });
  const plan = await bench.plan(SCHEDULED);
  const items = await bench.items<RequestItem>(plan.requests_key);
  bench.simulator.setFaults([{ when: { nth: 1 }, fault: { kind: 'rate_limit', window: 'day' } }]);
  const groups = ['0', '0', '1'];
  const messages = items.slice(0, 3).map((item, index) => ({
    messageId: `m${index}`,
    receiptHandle: `m${index}`,
    body: JSON.stringify({ task_token: bench.tokens.issue(60), item: { ...item, group: groups[index] } }),
    attributes: { MessageGroupId: groups[index], SentTimestamp: '0' },
  }));
  jest.spyOn(bench.buffer, 'hide').mockResolvedValue();

  const response = await bench.fetch({ Records: messages } as never);

  expect(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm1', 'm2']);
  expect(bench.buffer.hide).toHaveBeenCalledTimes(2);
  expect(bench.statuses).toEqual([429]);
});

test.each([
  ['no JSON', 'no JSON', undefined],
  ['no item', JSON.stringify({ task_token: 'token-1' }), 'token-1'],
  ['an item of nothing', JSON.stringify({ task_token: 'token-1', item: { n: 0 } }), 'token-1'],
])('a message with %s becomes a dead letter, and fails its task if it names one', async (_, body, token) => {
  await start();
  bench.tokens.issue(60);
  await bench.buffer.send({ body, group: '0', deduplicationId: 'a' });

  await bench.poll();

  expect(bench.deadLetters).toMatchObject([{ item: null, reason: { name: 'ConfigError' } }]);
  expect(bench.buffer.bodies).toEqual([]);
  const end = token === undefined ? undefined : bench.tokens.ends.get(token);
  expect(end).toEqual(token === undefined ? undefined : expect.objectContaining({ name: 'ConfigError' }));
});

test('a message that names its request and cannot be used becomes a letter of that request', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  const body = JSON.stringify({ task_token: 'token-1', item: { ...item!, weight: 'much' } });
  await bench.buffer.send({ body, group: '0', deduplicationId: 'a' });

  await bench.poll();

  const { section, chunk, from, to, execution } = item!;
  expect(bench.deadLetters).toMatchObject([{ item: { section, chunk, from, to, execution }, execution }]);
});

test('letters of messages that cannot be read are in groups of their own', async () => {
  await start();
  const send = jest.spyOn(bench.deadLetterQueue, 'send');
  for (const body of ['one', 'two']) await bench.buffer.send({ body, group: '0', deduplicationId: body });

  while (await bench.poll());

  const groups = send.mock.calls.map(([{ group }]) => group);
  expect(new Set(groups).size).toBe(2);
});

test('a request that is not of the run is given up', async () => {
  await start();
  const plan = await bench.plan(SCHEDULED);
  const [item] = await bench.items<RequestItem>(plan.requests_key);
  await bench.send({ ...item!, request_id: '0000000000000000' });

  await bench.poll();

  expect(bench.statuses).toEqual([]);
  expect(bench.deadLetters).toMatchObject([
    { reason: { name: 'ConfigError', message: expect.stringContaining('start a new run') } },
  ]);
});
