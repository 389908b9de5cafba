import { inspect } from 'node:util';
import type { OpenMeteoSettings } from '../../../adapters/open-meteo/settings';
import { OpenMeteoBench } from '../../open-meteo/client-bench';
import { HANG_UP, type Reply, refusal, reply, SILENCE, tornAfter } from '../../open-meteo/scripted-server';

const KEY = 'S3cr3t/Key+42';
const KEYED = { plan: 'keyed', apiKey: KEY, maxBodyBytes: 1000 } as const;
/** Any part of the key that could be left over by a cut or an encoding. */
const TRACE = /S3cr3t|Key.{0,3}42/;

const rawAnswer =
  (text: string): Reply =>
  (response) =>
    void response.socket?.end(text);

const OUTCOMES: readonly (readonly [string, Reply])[] = [
  [
    'a redirect that holds the key',
    reply(303, `<a href="?apikey=${KEY}">`, {
      Location: `http://localhost/?apikey=${encodeURIComponent(KEY)}`,
    }),
  ],
  ['a 400 that quotes the key', refusal(400, `The supplied API key ${KEY} is invalid`)],
  ['a 400 that quotes the key encoded', refusal(400, `No such address: ?apikey=${encodeURIComponent(KEY)}`)],
  ['a 401', refusal(401, `key ${KEY}`)],
  ['a 403 with a page', reply(403, `<html>${KEY}</html>`)],
  ['a 404', reply(404, KEY.repeat(100))],
  ['a 429', refusal(429, `Daily API request limit of ${KEY} exceeded`)],
  ['a 429 for too many at once', refusal(429, `Too many concurrent requests of ${KEY}`)],
  ['a 500', refusal(500, `cannot read ${KEY}`)],
  ['a closed connection', HANG_UP],
  ['no answer', SILENCE],
  ['a torn body', tornAfter(`{"key":"${KEY}`)],
  ['a streaming failure that quotes the key', reply(200, `Unexpected error while streaming data: ${KEY}`)],
  ['a body without end', reply(200, KEY.repeat(1000))],
  ['an answer that is no HTTP', rawAnswer(`HTTP/1.1 200 OK\r\n${KEY}\r\n\r\n`)],
  [
    'an answer with a broken header',
    rawAnswer(`HTTP/1.1 303 See Other\r\nLocation : ?apikey=${KEY}\r\n\u0001\r\n\r\n`),
  ],
];

describe('the API key', () => {
  let bench: OpenMeteoBench;
  afterEach(() => bench.end());
  const start = async (answer: Reply, settings: Partial<OpenMeteoSettings> = KEYED) => {
    bench = await OpenMeteoBench.start([answer], {
      ...settings,
      maxQuotaWaits: { hour: 1, day: 1 },
    });
  };

  it.each(OUTCOMES)('shows in no error, log line or wait after %s', async (_what, answer) => {
    await start(answer, answer === SILENCE ? { ...KEYED, timeoutSeconds: 0.1 } : KEYED);

    const error = await bench.failure({}, { retryForSeconds: 5 });

    const { logger, waits, source } = bench;
    const shown = inspect(
      { error, lines: logger.lines, waits, source },
      { depth: 50, showHidden: true, maxStringLength: null },
    );
    expect(error).toMatchObject({ name: expect.stringMatching(/^Source/) });
    expect(shown).not.toMatch(TRACE);
    expect(bench.server.seen[0]?.headers['x-api-key']).toBe(KEY);
  });

  it('travels in the header and nowhere else, by GET and by POST', async () => {
    await start(reply(200, '{}'));

    await bench.fetch();
    await bench.fetch({ variables: ['v'.repeat(70_000)] });

    expect(bench.server.seen.map(({ method }) => method)).toEqual(['GET', 'POST']);
    for (const { url, body, headers } of bench.server.seen) {
      const { 'x-api-key': key, ...others } = headers;
      expect(key).toBe(KEY);
      expect(JSON.stringify([url, body, others])).not.toMatch(TRACE);
    }
  });

  it('stays at home on the free plan', async () => {
    await start(reply(200, '{}'), { plan: 'free', apiKey: KEY });

    await bench.fetch();

    expect(JSON.stringify(bench.server.seen)).not.toMatch(TRACE);
  });

  it('is in nothing that describes a request', async () => {
    await start(reply(200, '{}'));

    await bench.fetch();

    expect(inspect(bench.logger.lines, { depth: 50 })).not.toMatch(TRACE);
    expect(bench.logger.lines.length).toBeGreaterThan(0);
  });
});
