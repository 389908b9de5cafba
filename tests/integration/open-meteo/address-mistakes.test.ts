import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { OpenMeteoBench, START } from '../../open-meteo/client-bench';
import { reply, ScriptedServer } from '../../open-meteo/scripted-server';
import { selfSignedCertificate } from '../../open-meteo/self-signed-certificate';

const OK = reply(200, '{}');

describe('the Open-Meteo client at an address that is wrong', () => {
  let bench: OpenMeteoBench | undefined;
  let secure: Server | undefined;
  afterEach(async () => {
    await bench?.end();
    secure?.closeAllConnections();
    secure?.close();
    bench = undefined;
    secure = undefined;
  });

  async function failureAt(sourceUrl: string) {
    bench = await OpenMeteoBench.start([OK], { sourceUrl });
    return { bench, error: await bench.failure({ weight: 600 }, { retryForSeconds: 3600 }) };
  }

  async function secureServer(): Promise<string> {
    secure = createServer(selfSignedCertificate(), (_request, response) => void response.end('{}'));
    secure.listen(0, '127.0.0.1');
    await new Promise((resolve) => secure?.once('listening', resolve));
    return `https://127.0.0.1:${(secure.address() as AddressInfo).port}`;
  }

  it('names a certificate that cannot be trusted, and tries once', async () => {
    const url = await secureServer();

    const { error, bench } = await failureAt(`${url}/base`);

    expect(error).toMatchObject({
      name: 'ConfigError',
      retryable: false,
      problems: [
        {
          path: url,
          message: expect.stringMatching(/certificate cannot be trusted.*NODE_EXTRA_CA_CERTS/),
          received: expect.stringContaining('self-signed certificate: DEPTH_ZERO_SELF_SIGNED_CERT'),
        },
      ],
    });
    expect(bench.clock.now()).toBe(START);
  });

  it('names a port that no request is sent to', async () => {
    const { error } = await failureAt('http://127.0.0.1:6000');

    expect(error).toMatchObject({
      name: 'ConfigError',
      problems: [{ path: 'http://127.0.0.1:6000', message: expect.stringContaining('this port') }],
    });
  });

  it('names a server that speaks no TLS', async () => {
    const plain = await ScriptedServer.start(OK);

    const { error } = await failureAt(plain.url.replace('http:', 'https:'));

    await plain.stop();
    expect(error).toMatchObject({
      name: 'ConfigError',
      problems: [{ message: expect.stringContaining('say http://') }],
    });
  });

  it('counts nothing of the quota, since no request went out', async () => {
    const { bench } = await failureAt('http://127.0.0.1:6000');

    await bench.failure({ weight: 600 });

    expect(bench.waits).toEqual([]);
  });
});
