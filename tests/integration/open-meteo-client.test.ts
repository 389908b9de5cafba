import { gzipSync } from 'node:zlib';
import type { OpenMeteoSettings } from '../../adapters/open-meteo/settings';
import { SourceUnavailableError } from '../../core/errors';
import { OpenMeteoBench, START, textOf } from '../open-meteo/client-bench';
import { type Reply, refusal, reply, SILENCE } from '../open-meteo/scripted-server';

const ANSWER = '{"latitude":52.5,"hourly":{"time":[]}}';
const OK = reply(200, ANSWER, { 'Content-Type': 'application/json' });

describe('the Open-Meteo client', () => {
  let bench: OpenMeteoBench | undefined;
  const start = async (replies: readonly Reply[], settings: Partial<OpenMeteoSettings> = {}) => {
    bench = await OpenMeteoBench.start(replies, settings);
    return bench;
  };
  afterEach(() => bench?.end());

  describe('when it is aborted', () => {
    it('ends with the reason of the signal while it waits for the answer', async () => {
      const abort = new AbortController();
      await start([() => abort.abort(new Error('enough'))]);

      const error = await bench?.failure({}, { signal: abort.signal, retryForSeconds: 3600 });

      expect(error).toEqual(new Error('enough'));
      expect(bench?.kept).toEqual([]);
    });

    it('ends with the reason of the signal in the middle of a body, and keeps nothing', async () => {
      const abort = new AbortController();
      await start([(response) => void response.write('{"a":', () => abort.abort(new Error('enough')))]);

      const error = await bench?.failure({}, { signal: abort.signal });

      expect(error).toEqual(new Error('enough'));
      expect(bench?.kept).toEqual([]);
    });

    it('ends with the reason of the signal during a wait', async () => {
      const abort = new AbortController();
      await start([refusal(503, 'The service is overloaded')]);

      const onWait = () => abort.abort(new Error('enough'));
      const error = await bench?.failure({}, { signal: abort.signal, retryForSeconds: 60, onWait });

      expect(error).toEqual(new Error('enough'));
      expect(bench?.clock.now()).toBe(START);
      expect(bench?.server.seen).toHaveLength(1);
    });

    it('asks nothing when it was aborted before', async () => {
      await start([OK]);

      const error = await bench?.failure({}, { signal: AbortSignal.abort(new Error('enough')) });

      expect(error).toEqual(new Error('enough'));
      expect(bench?.server.seen).toEqual([]);
    });
  });

  describe('when it is answered', () => {
    it('hands the body over as received, decompressed, kept first', async () => {
      const compressed = gzipSync(ANSWER);
      await start([
        (response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(compressed),
      ]);

      const body = await bench?.fetch();

      expect(textOf(body)).toBe(ANSWER);
      expect(body).toMatchObject({ complete: true, simulated: false, fetchedAt: START });
      expect(bench?.kept).toEqual([body]);
    });

    it('says that a body is simulated when the server says so', async () => {
      await start([reply(200, ANSWER, { 'X-Simulated': 'true' })]);

      const body = await bench?.fetch();

      expect(body?.simulated).toBe(true);
    });

    it('asks by GET with the form in the address', async () => {
      await start([OK]);

      await bench?.fetch({ api: 'archive' });

      const [seen] = bench?.server.seen ?? [];
      const url = new URL(seen?.url ?? '', 'http://localhost');
      expect([seen?.method, url.pathname, seen?.body]).toEqual(['GET', '/v1/archive', '']);
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        latitude: '52.52',
        location_id: '1',
        wind_speed_unit: 'ms',
      });
    });

    it('asks by POST with the form as body when it is long', async () => {
      await start([OK]);

      await bench?.fetch({
        variables: Array.from({ length: 3000 }, (_, index) => `made_up_variable_${index}`),
      });

      const [seen] = bench?.server.seen ?? [];
      const form = new URLSearchParams(seen?.body);
      expect([seen?.method, seen?.url]).toEqual(['POST', '/v1/forecast']);
      expect(seen?.headers['content-type']).toBe('application/x-www-form-urlencoded');
      expect(form.get('hourly')?.split(',')).toHaveLength(3000);
    });

    it('fails with the error of the keeper when a body cannot be kept', async () => {
      await start([OK]);

      const error = await bench?.failure(
        {},
        { keep: () => Promise.reject(new Error('disk full')), retryForSeconds: 60 },
      );

      expect(error).toEqual(new Error('disk full'));
      expect(bench?.server.seen).toHaveLength(1);
    });
  });

  describe('with several requests at once', () => {
    it('sends one at a time on the free plan, in the order of asking', async () => {
      const slow: Reply = (response) => void setImmediate(() => response.writeHead(200).end(ANSWER));
      await start([slow]);

      await Promise.all([1, 2, 3, 4].map((chunk) => bench?.fetch({ variables: [`v${chunk}`] })));

      expect(bench?.server.mostUnderWay).toBe(1);
      expect(bench?.server.seen.map(({ url }) => /hourly=v(\d)/.exec(url)?.[1])).toEqual([
        '1',
        '2',
        '3',
        '4',
      ]);
    });

    it('sends as many at once as the settings of the keyed plan say', async () => {
      const waiting: (() => void)[] = [];
      const inPairs: Reply = (response) => {
        waiting.push(() => response.writeHead(200).end(ANSWER));
        if (waiting.length === 2) for (const answer of waiting.splice(0)) answer();
      };
      await start([inPairs], { plan: 'keyed', apiKey: 'key', concurrency: 2 });

      await Promise.all([1, 2, 3, 4].map((chunk) => bench?.fetch({ chunk })));

      expect(bench?.server.mostUnderWay).toBe(2);
    });

    it('goes on with the next when one has timed out', async () => {
      const silentToFirst: Reply = (response, request) =>
        (request.url?.includes('hourly=v1') ? SILENCE : OK)(response, request);
      await start([silentToFirst], { timeoutSeconds: 2 });

      const [first, second] = await Promise.allSettled(
        ['v1', 'v2'].map((variable) => bench?.fetch({ variables: [variable] })),
      );

      expect(first).toMatchObject({ status: 'rejected', reason: expect.any(SourceUnavailableError) });
      expect(second?.status).toBe('fulfilled');
    });
  });
});
