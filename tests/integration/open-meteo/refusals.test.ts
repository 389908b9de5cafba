import type { OpenMeteoSettings } from '../../../adapters/open-meteo/settings';
import { SourceRejectedError } from '../../../core/errors';
import { OpenMeteoBench } from '../../open-meteo/client-bench';
import { type Reply, refusal, reply } from '../../open-meteo/scripted-server';

const OK = reply(200, '{}');

describe('the Open-Meteo client when it is refused', () => {
  let bench: OpenMeteoBench | undefined;
  const start = async (replies: readonly Reply[], settings: Partial<OpenMeteoSettings> = {}) => {
    bench = await OpenMeteoBench.start(replies, settings);
    return bench;
  };
  afterEach(() => bench?.end());

  it.each([
    [400, "Parameter 'start_date' is out of allowed range from A to B", /pipeline/],
    [401, 'API key missing', /key/],
    [403, 'Your plan does not cover this API', /plan/],
    [404, 'Not Found', /source address/],
    [413, 'Payload Too Large', /locations_per_request/],
    [414, 'URI Too Long', /locations_per_request/],
    [418, 'teapot', /changes nothing/],
  ])('gives up at once on %d, quotes the reason and names the way out', async (status, reason, wayOut) => {
    const { server, kept } = await start([refusal(status, reason)]);

    const error = await bench?.failure({}, { retryForSeconds: 3600 });

    expect(error).toBeInstanceOf(SourceRejectedError);
    expect(error).toMatchObject({
      message: expect.stringContaining(`"${reason}"`),
      context: { status, reason, api: 'forecast', request_id: 'c0ffee', attempts: 1 },
    });
    expect((error as Error).message).toMatch(wayOut);
    expect(server.seen).toHaveLength(1);
    expect(kept).toEqual([]);
  });

  it('quotes the text of an HTML page, bounded', async () => {
    await start([reply(403, `<html><body><h1>Forbidden</h1>${'x'.repeat(100_000)}</body></html>`)]);

    const error = (await bench?.failure()) as Error;

    expect(error.message).toContain('"Forbidden');
    expect(error.message.length).toBeLessThan(600);
  });

  it.each([301, 302, 303, 307, 308])('follows no redirect %d and does not say where to', async (status) => {
    const { server } = await start([
      reply(status, 'see there', { Location: '/v1/forecast?apikey=hidden' }),
      OK,
    ]);

    const error = (await bench?.failure({}, { retryForSeconds: 3600 })) as Error;

    expect(error).toBeInstanceOf(SourceRejectedError);
    expect(error.message).toContain(`redirect ${status}`);
    expect(JSON.stringify(error) + error.message).not.toMatch(/hidden|see there/);
    expect(server.seen).toHaveLength(1);
  });

  it('cuts an answer off that goes past the bound, and says how to ask for less', async () => {
    const endless: Reply = (response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(10_000)));
      };
      response.writeHead(200).on('drain', more);
      more();
    };
    await start([endless], { maxBodyBytes: 100_000 });

    const error = (await bench?.failure({}, { retryForSeconds: 3600 })) as Error;

    expect(error).toBeInstanceOf(SourceRejectedError);
    expect(error.message).toMatch(/100000 bytes.*fewer locations/);
  });

  it('refuses a weight that no window can take before anything is sent', async () => {
    const { server } = await start([OK]);

    const error = (await bench?.failure({ weight: 600.1 })) as Error;

    expect(error).toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/600.*minute.*600\.1/s),
    });
    expect(server.seen).toEqual([]);
  });
});
