import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { API_KEY_LIFETIME_MS, ApiKeySecret } from '../../../adapters/secrets-manager/api-key-secret';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:open-meteo-AbCdEf';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const holding = (text: unknown): Answer => ({ status: 200, body: { SecretString: text } });
const refusal = (status: number, type: string): Answer => ({ status, body: { __type: type, message: 'no' } });

describe('an API key in Secrets Manager', () => {
  let server: Server;
  let client: SecretsManagerClient;
  let answer: Answer;
  let readings: number;
  let now: number;
  const secret = () => new ApiKeySecret({ client, secretArn: ARN, clock: { elapsed: () => now } });

  beforeEach(async () => {
    [readings, now] = [0, 0];
    server = createServer((request, response) => {
      readings += 1;
      request.resume();
      response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(answer.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new SecretsManagerClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
      maxAttempts: 1,
    });
  });
  afterEach(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each(['k-123', ' k-123\n', '{"api_key": "k-123"}', '{"api_key": "k-123", "owner": "x"}'])(
    'is read from %j',
    async (text) => {
      answer = holding(text);

      expect(await secret().read()).toBe('k-123');
    },
  );

  it('is read once by any number of callers, and anew when it is old or asked for', async () => {
    const key = secret();
    answer = holding('first');
    expect(await Promise.all([key.read(), key.read(), key.read()])).toEqual(['first', 'first', 'first']);
    expect(readings).toBe(1);

    answer = holding('second');
    now = API_KEY_LIFETIME_MS - 1;
    expect(await key.read()).toBe('first');
    now = API_KEY_LIFETIME_MS;
    expect(await key.read()).toBe('second');

    answer = holding('third');
    expect(await key.read({ fresh: true })).toBe('third');
    expect(await key.read()).toBe('third');
    expect(readings).toBe(3);
  });

  it('is asked for again after a reading that failed', async () => {
    const key = secret();
    answer = refusal(500, 'InternalServiceError');
    await expect(key.read()).rejects.toMatchObject({ name: 'SourceUnavailableError', retryable: true });

    answer = holding('k');
    expect(await key.read()).toBe('k');
  });

  it.each([
    ['ResourceNotFoundException', 'ConfigError'],
    ['AccessDeniedException', 'ConfigError'],
    ['ThrottlingException', 'SourceUnavailableError'],
  ])('that cannot be read (%s) is a %s that names the secret', async (type, name) => {
    answer = refusal(400, type);

    await expect(secret().read()).rejects.toMatchObject({
      name,
      message: expect.stringContaining(ARN),
      context: { error_name: type, http_status: 400 },
    });
  });

  it.each([
    'top secret\tpass phrase',
    '{"apikey": "top secret"}',
    '{"api_key": 1, "other": "top secret"}',
    '{"api_key": "top secret é"}',
    undefined,
  ])('that is none (%j) is a ConfigError that does not tell what is there', async (text) => {
    answer = holding(text);

    const error: Error = await secret()
      .read()
      .then(
        () => new Error('was read'),
        (reason) => reason,
      );

    expect(error.name).toBe('ConfigError');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('top secret');
  });
});
