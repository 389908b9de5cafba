import { gzipSync } from 'node:zlib';
import { SourceUnavailableError } from '../../../core/errors';
import { OpenMeteoBench, START, textOf } from '../../open-meteo/client-bench';
import { HANG_UP, type Reply, refusal, reply, SILENCE, tornAfter } from '../../open-meteo/scripted-server';

const ANSWER = '{"latitude":52.5,"hourly":{"time":[]}}';
const OK = reply(200, ANSWER);
const SENTENCE = 'Unexpected error while streaming data: timeout';

const cutGzip =
  (bytes: Buffer): Reply =>
  (response) => {
    response.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Length': bytes.length });
    response.end(bytes);
  };
/** Neither a length nor chunks: the body is over when the connection is. */
const endedByConnection =
  (text: string): Reply =>
  (response) =>
    void response.socket?.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${text}`);

describe('the Open-Meteo client during an outage', () => {
  let bench: OpenMeteoBench;
  afterEach(() => bench.end());

  it.each([
    [
      '502 with a page',
      reply(502, '<html><h1>502 Bad Gateway</h1></html>'),
      { status: 502, last_reason: '502 Bad Gateway' },
      {},
    ],
    [
      '503',
      refusal(503, 'The service is overloaded'),
      { status: 503, last_reason: 'The service is overloaded' },
      {},
    ],
    ['408', reply(408, ''), { status: 408, last_reason: '' }, {}],
    [
      'a connection that is closed',
      HANG_UP,
      { status: null, last_reason: expect.stringContaining('other side closed') },
      {},
    ],
    [
      'no answer in time',
      SILENCE,
      { status: null, last_reason: 'no whole answer within 0.1 s' },
      { timeoutSeconds: 0.1 },
    ],
    [
      'a body that stops in time',
      tornAfter('{"a":'),
      { status: 200, last_reason: expect.stringContaining('terminated') },
      {},
    ],
    [
      'a body that never ends',
      (response: { write(text: string): unknown }) => void response.write('{"a":'),
      { status: 200 },
      // Long enough for the status to come first.
      { timeoutSeconds: 2 },
    ],
  ])(
    'gives up with a retryable error when the time for %s is over',
    async (_what, answer, context, settings) => {
      bench = await OpenMeteoBench.start([answer], settings);

      const error = await bench.failure({}, { retryForSeconds: 0 });

      expect(error).toBeInstanceOf(SourceUnavailableError);
      expect(error).toMatchObject({
        retryable: true,
        context: { attempts: 1, api: 'forecast', request_id: 'c0ffee', ...context },
      });
    },
  );

  it('gives up when nobody listens at the address', async () => {
    bench = await OpenMeteoBench.start([OK]);
    await bench.server.stop();

    const error = await bench.failure({}, { retryForSeconds: 100 });

    expect(error).toMatchObject({
      name: 'SourceUnavailableError',
      context: { status: null, last_reason: expect.stringContaining('ECONNREFUSED') },
    });
    expect(bench.clock.now()).toBe(START + 100_000);
  });

  it('tries until the time is over, with growing waits, the last one cut to end with it', async () => {
    bench = await OpenMeteoBench.start([refusal(503, 'The service is overloaded')]);

    const error = await bench.failure({}, { retryForSeconds: 3600 });

    const seconds = bench.clock.sleeps.map((milliseconds) => milliseconds / 1000);
    expect(seconds.slice(0, 8)).toEqual([3, 5, 9, 17, 33, 65, 129, 151]);
    expect(Math.max(...seconds)).toBe(151);
    expect(seconds.reduce((sum, wait) => sum + wait)).toBe(3600);
    expect(error).toMatchObject({ context: { attempts: seconds.length + 1 } });
    expect(bench.server.seen).toHaveLength(seconds.length + 1);
  });

  it.each([
    ['back', -3_600_000],
    ['forth', 3_600_000],
  ])('tries for as long as it was told, though the clock is set %s by an hour', async (_, step) => {
    bench = await OpenMeteoBench.start([refusal(503, 'The service is overloaded')]);
    const { clock } = bench;
    const sleep = clock.sleep.bind(clock);
    clock.sleep = async (...asked) => {
      await sleep(...asked);
      if (clock.sleeps.length === 3) clock.setForth(step);
      if (clock.sleeps.length > 100) throw new Error('The client tries for ever.');
    };

    const error = await bench.failure({}, { retryForSeconds: 600 });

    expect(error).toBeInstanceOf(SourceUnavailableError);
    expect(clock.elapsed()).toBe(600_000);
  });

  it('says each wait that is longer than a second before it begins, and logs each failed try', async () => {
    bench = await OpenMeteoBench.start([HANG_UP, refusal(503, 'busy'), OK], {
      backoff: { baseSeconds: 1, maxSeconds: 1 },
    });
    const longer = await OpenMeteoBench.start([HANG_UP, refusal(503, 'busy'), OK]);

    await bench.fetch({}, { retryForSeconds: 60 });
    await longer.fetch({}, { retryForSeconds: 60 });
    await longer.end();

    expect(bench.waits).toEqual([]);
    expect(longer.waits).toEqual([
      { reason: 'outage', until: START + 3000 },
      { reason: 'outage', until: START + 8000 },
    ]);
    expect(bench.logger.messages('warn')).toEqual(['Source out of order', 'Source out of order']);
    expect(bench.logger.lines.at(-2)?.fields).toMatchObject({ attempt: 2, status: 503, reason: 'busy' });
  });

  it('counts an outage anew after the source has answered in good order', async () => {
    bench = await OpenMeteoBench.start([
      HANG_UP,
      refusal(429, 'Minutely API request limit exceeded.'),
      HANG_UP,
      OK,
    ]);

    const body = await bench.fetch({}, { retryForSeconds: 4 });

    expect(body.complete).toBe(true);
  });

  it.each([
    ['torn in a chunked body', tornAfter('{"latitude":52.5,'), '{"latitude":52.5,'],
    [
      'shorter than its length',
      tornAfter('{"latitude":52.5,', { 'Content-Length': '999' }),
      '{"latitude":52.5,',
    ],
    [
      'torn while compressed',
      tornAfter(gzipSync(ANSWER.repeat(2000)).subarray(0, -20), { 'Content-Encoding': 'gzip' }),
      undefined,
    ],
    [
      'compressed and cut where its length says',
      cutGzip(gzipSync(`[${Array(2000).fill(ANSWER)}]`).subarray(0, -20)),
      undefined,
    ],
    ['compressed and cut before its first byte', cutGzip(gzipSync(ANSWER).subarray(0, 10)), ''],
    ['cut where its length says', reply(200, '{"latitude":52.5,'), '{"latitude":52.5,'],
    ['empty, as its length says', reply(200, ''), ''],
    ['cut where its connection ends', endedByConnection('{"latitude":52.5,'), '{"latitude":52.5,'],
    ['whole, but for its last chunk', tornAfter(ANSWER), ANSWER],
    ['not what its compression says', reply(200, 'plain text', { 'Content-Encoding': 'gzip' }), ''],
    [
      'ended by the server’s sentence',
      reply(200, `{"latitude":52.5,${SENTENCE}`),
      `{"latitude":52.5,${SENTENCE}`,
    ],
    ['nothing but the server’s sentence', reply(200, SENTENCE), SENTENCE],
  ])('keeps a body that is %s, and asks again', async (_what, torn, text) => {
    bench = await OpenMeteoBench.start([torn, OK]);

    const body = await bench.fetch({}, { retryForSeconds: 60 });

    expect(textOf(body)).toBe(ANSWER);
    expect(bench.kept.map(({ complete }) => complete)).toEqual([false, true]);
    expect(bench.server.seen).toHaveLength(2);
    if (text !== undefined) expect(textOf(bench.kept[0])).toBe(text);
  });

  it.each([
    ['compressed and whole', cutGzip(gzipSync(ANSWER))],
    ['compressed and no JSON', cutGzip(gzipSync('<html>{'))],
    ['over with its connection and whole', endedByConnection(ANSWER)],
    ['framed and no JSON', reply(200, '<html>{')],
  ])('takes a body that is %s as it is', async (_what, answer) => {
    bench = await OpenMeteoBench.start([answer]);

    const body = await bench.fetch();

    expect(body.complete).toBe(true);
  });

  it('quotes what the server says after its sentence', async () => {
    bench = await OpenMeteoBench.start([reply(200, `${'x'.repeat(50_000)}${SENTENCE}`)]);

    const error = await bench.failure();

    expect(error).toMatchObject({ context: { last_reason: SENTENCE, status: 200 } });
  });

  it('counts a body that ended early with its whole weight, and an overloaded server with none', async () => {
    bench = await OpenMeteoBench.start([refusal(503, 'busy'), reply(200, SENTENCE), OK]);

    await bench.fetch({ weight: 400 }, { retryForSeconds: 60, patience: 'minute' });

    expect(bench.waits.map(({ reason }) => reason)).toEqual(['outage', 'outage', 'pace']);
  });
});
