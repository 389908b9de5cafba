import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { refusal as refusalOfService, ScriptedService } from '../orchestration/scripted-service';
import { refusal, ScriptedS3 } from '../s3/scripted-s3';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

const ROOT = resolve(__dirname, '../../..');
const NOTHING = {
  AWS_PROFILE: undefined,
  AWS_REGION: undefined,
  AWS_DEFAULT_REGION: undefined,
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
  AWS_EC2_METADATA_DISABLED: 'true',
};
const REGION = { AWS_REGION: 'eu-central-1' };
const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

describe('AWS, which cannot be asked,', () => {
  let command: BuiltCommand;
  let pipeline: string;
  let onAws: string[];
  beforeAll(async () => {
    command = await BuiltCommand.build();
    pipeline = await command.write('small.json', SMALL_PIPELINE);
    const environment = {
      region: REGION.AWS_REGION,
      pipeline: '../../small.json',
      mode: 'orchestrated',
      alerts: { emails: ['weather@example.com'] },
      protect_from_destroy: false,
    };
    await command.write('resources/environments/dev.json', environment);
    await command.write('resources/environments/elsewhere.json', {
      ...environment,
      account_id: '210987654321',
    });
    onAws = ['--aws', '--environment', 'dev', '--json'];
  });
  afterAll(() => command.remove());

  /** With nothing of the machine's that names an account. */
  const call = async (args: readonly string[], env: Record<string, string>) => {
    const ended = await command.call(args, { env: { ...NOTHING, HOME: command.folder, ...env } });
    const { error } = documentOf(ended);
    return { code: ended.code, retryable: error.retryable, message: error.message as string };
  };
  const inS3 = () => ['status', '--pipeline', pipeline, '--lake', 's3://any-bucket', '--json'];
  const mistake = (message: string) => ({
    code: 2,
    retryable: false,
    message: expect.stringContaining(message),
  });

  it('for want of credentials is a mistake of the command line, with a lake in S3 and with an environment', async () => {
    const noCredentials = mistake('no AWS credentials were found; set AWS_PROFILE, or run aws configure');

    expect(await call(inS3(), REGION)).toEqual(noCredentials);
    for (const name of ['status', 'redrive']) expect(await call([name, ...onAws], {})).toEqual(noCredentials);
  });

  it('for want of a region says how to set it', async () => {
    const noRegion = mistake('no AWS region was found that can be used; set AWS_REGION');

    for (const env of [KEYS, { ...KEYS, AWS_REGION: '' }]) expect(await call(inS3(), env)).toEqual(noRegion);
  });

  it('with expired credentials says to log in again', async () => {
    const [service, s3] = [
      await ScriptedService.start(refusalOfService('ExpiredTokenException')),
      new ScriptedS3(),
    ];
    await s3.start([refusal(400, 'ExpiredToken')]);
    const env = { ...KEYS, ...REGION };

    const ended = [
      await call(['status', ...onAws], { ...env, AWS_ENDPOINT_URL: service.url }),
      await call(inS3(), { ...env, AWS_ENDPOINT_URL: s3.endpoint }),
    ];

    await Promise.all([service.stop(), s3.stop()]);
    for (const end of ended) expect(end).toEqual(mistake('credentials have expired; log in again'));
  });

  it.each<[string, readonly string[], string, string]>([
    ['has none', [], '--aws', 'use credentials of the account 210987654321 where yours are of another'],
    [
      'has one of the name',
      ['arn:aws:states:eu-central-1:123456789012:stateMachine:weather-elsewhere-ingest'],
      'account_id',
      'the environment belongs to the account 210987654321; .* \\(received 123456789012\\)',
    ],
  ])(
    'in another account than the environment names, which %s, says which account',
    async (_, arns, path, text) => {
      const stateMachines = arns.map((stateMachineArn) => ({
        stateMachineArn,
        name: stateMachineArn.split(':').at(-1),
        type: 'STANDARD',
        creationDate: 1_700_000_000,
      }));
      const service = await ScriptedService.start({ status: 200, body: { stateMachines } });

      const end = await call(['status', '--aws', '--environment', 'elsewhere', '--json'], {
        ...KEYS,
        AWS_ENDPOINT_URL: service.url,
      });

      await service.stop();
      expect(end).toEqual({
        code: 2,
        retryable: false,
        message: expect.stringMatching(`${path}: .*${text}`),
      });
    },
  );

  it.each([
    ['ENOTFOUND', 'http://nowhere.invalid'],
    ['ECONNREFUSED', 'http://127.0.0.1:1'],
  ])('because nobody answers is worth another try, and says %s', async (code, AWS_ENDPOINT_URL) => {
    const env = { ...KEYS, ...REGION, AWS_ENDPOINT_URL };

    for (const args of [inS3(), ['status', ...onAws]])
      expect(await call(args, env)).toEqual({
        code: 7,
        retryable: true,
        message: expect.stringContaining(code),
      });
  });

  it('is told in the same words by the script that copies raw objects', () => {
    const args = ['scripts/pull-raw.ts', '--bucket', 'any-bucket', '--pipeline', 'small', '--lake', 'copy'];
    const env = { ...process.env, ...NOTHING, HOME: command.folder };

    const { stderr } = spawnSync('node_modules/.bin/tsx', args, { cwd: ROOT, env, encoding: 'utf8' });

    expect(stderr).toContain('no AWS region was found that can be used; set AWS_REGION');
  });
});
