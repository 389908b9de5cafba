import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { openLeases } from '../../lake/test-lake';
import { type SmallS3Options, SmallS3Server } from '../../s3/small-s3-server';
import { keysOf } from '../object-store/suite/reading';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

const DAY = ['--date', '2025-03-01'];
const LAKE = 's3://lake-raw,s3://lake-processed';

describe('a lake on a server that takes the place of S3', () => {
  let command: BuiltCommand;
  let simulator: Simulator;
  let pipeline: string;
  let server: SmallS3Server;
  beforeAll(async () => {
    [command, simulator] = await Promise.all([BuiltCommand.build(), startSimulator({ limits: false })]);
    pipeline = await command.write('small.json', SMALL_PIPELINE);
  });
  afterEach(() => server.stop());
  afterAll(async () => {
    await simulator.close();
    await command.remove();
  });

  const serve = async (options: SmallS3Options = {}) => {
    server = await SmallS3Server.start(options);
  };
  const call = (args: readonly string[], env: Record<string, string> = server.env) =>
    command.call([...args, '--pipeline', pipeline, '--lake', LAKE, '--json'], { env });
  const ingest = (env?: Record<string, string>) =>
    call(['ingest', ...DAY, '--source-url', simulator.url], env);
  const writes = () => server.requests.filter((request) => !/^(GET|HEAD)/.test(request));

  test('that ignores the conditions of deletions is filled, told of and filled again', async () => {
    await serve();

    const ended = await ingest();
    const status = await call(['status']);
    const again = await call(['replay', ...DAY]);

    expect(documentOf(ended)).toMatchObject({ exit_code: 0, outcomes: { published: 1 } });
    expect(documentOf(status)).toMatchObject({ published: { days: 1 }, leases: [] });
    expect(documentOf(again)).toMatchObject({ exit_code: 0, outcomes: { unchanged: 1 } });
    const processed = server.store('lake-processed');
    expect(await openLeases(processed)).toEqual([]);
    expect(await keysOf(processed, '_staging/')).toEqual([]);
  });

  test.each([
    [{ conditions: 'none' }, 'ignores the conditions of writes'],
    [{ conditions: 'of creations' }, 'ignores the conditions of writes'],
    [{ refusesConditions: true }, 'takes no writes with conditions'],
  ] as const)(
    'that keeps no conditions (%j) is refused before anything is written',
    async (options, words) => {
      await serve(options);
      const asked = simulator.log.length;

      const ended = await ingest();

      const { host } = new URL(server.endpoint);
      expect(ended.code).toBe(2);
      expect(documentOf(ended)).toMatchObject({
        error: {
          name: 'ConfigError',
          problems: [
            { path: '--lake', message: expect.stringContaining(`${host} ${words}`), received: LAKE },
          ],
        },
      });
      expect(simulator.log).toHaveLength(asked);
      const tried = /^(PUT|DELETE) lake-processed\/_staging\/small\/[^/]+\.json$/;
      expect(writes().filter((request) => !tried.test(request))).toEqual([]);
      expect(await keysOf(server.store('lake-processed'), '')).toEqual([]);
    },
  );

  test('is tried once by a command that writes, never by one that reads', async () => {
    await serve();

    await call(['status']);
    expect(writes()).toEqual([]);
    await ingest();

    const claims = 2;
    const owner = /_staging\/small\/[^/]+\.json$/;
    expect(writes().filter((request) => owner.test(request))).toHaveLength(5 + claims);
  });

  test('that keeps no conditions is repaired no more than it is filled', async () => {
    await serve({ conditions: 'none' });

    const verified = await call(['verify']);
    const repaired = await call(['verify', '--repair']);

    expect(verified.code).toBe(0);
    expect(repaired.code).toBe(2);
    expect(documentOf(repaired).error.message).toContain('ignores the conditions of writes');
    expect(await keysOf(server.store('lake-processed'), '')).toEqual([]);
  });

  test('is found by the profile too', async () => {
    await serve({ conditions: 'none' });
    const config = await command.write(
      'aws-config',
      `[default]\nregion = us-east-1\nendpoint_url = ${server.endpoint.replace('127.0.0.1', 'localhost')}\n`,
    );
    const { AWS_ENDPOINT_URL_S3: _, ...env } = server.env;

    const ended = await ingest({ ...env, AWS_CONFIG_FILE: config });

    expect(ended.code).not.toBe(0);
    expect(ended.stdout + ended.stderr).toContain('ignores the conditions of writes');
  });

  test.each(['localhost:9000', 'ftp://localhost', 'minio'])(
    'is refused when its address is no URL of http: %s',
    async (address) => {
      await serve();

      const ended = await ingest({ ...server.env, AWS_ENDPOINT_URL_S3: address });

      expect(ended.code).toBe(2);
      expect(documentOf(ended)).toMatchObject({
        error: {
          name: 'ConfigError',
          problems: [{ message: expect.stringContaining('http://'), received: address }],
        },
      });
    },
  );
});
