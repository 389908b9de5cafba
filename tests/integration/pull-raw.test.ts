import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { toChecksum } from '../../adapters/s3/object-checksum';
import { sha256 } from '../../core/hash';
import { type Answer, listing, ScriptedS3 } from './s3/scripted-s3';

const ROOT = resolve(__dirname, '../..');
const KEY = 'weather-daily/2026-11-16_2026-11-16/ab.request.json';
const BODY = JSON.stringify({
  request_id: 'ab',
  method: 'GET',
  address: 'https://example.org/v1/forecast',
  form: {},
  api: 'forecast',
  models: [],
  section: 'hourly',
  variables: ['temperature_2m'],
  locations: [],
  from: '2026-11-16',
  to: '2026-11-16',
});
const OBJECT: Answer = {
  status: 200,
  headers: {
    etag: '"one"',
    'x-amz-checksum-sha256': toChecksum(sha256(BODY)),
    'x-amz-checksum-type': 'FULL_OBJECT',
  },
  body: BODY,
};

describe('pull-raw', () => {
  const s3 = new ScriptedS3();
  let lake: string;

  beforeEach(async () => {
    s3.requests.length = 0;
    lake = await mkdtemp(join(tmpdir(), 'pull-raw-'));
  });
  afterEach(async () => {
    await s3.stop();
    await rm(lake, { recursive: true });
  });

  /** The script against a bucket that gives these answers. */
  async function pull(args: readonly string[], answers: readonly Answer[] = [listing([])]) {
    await s3.start(answers);
    const child = spawn(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, 'scripts/pull-raw.ts'), ...args], {
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: s3.endpoint,
        AWS_REGION: 'eu-west-1',
        AWS_ACCESS_KEY_ID: 'id',
        AWS_SECRET_ACCESS_KEY: 'secret',
      },
    });
    const ended = new Promise((done) => child.on('close', done));
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, stdout, stderr };
  }

  const words = ({ bucket = 'lake-raw', pipeline = 'weather-daily' } = {}) => [
    ...['--bucket', bucket],
    ...['--pipeline', pipeline],
    ...['--lake', lake],
  ];

  it('copies what is there, and ends well when all of it was copied before', async () => {
    const first = await pull(words(), [listing([KEY]), OBJECT]);
    await s3.stop();
    const second = await pull(words(), [listing([KEY])]);

    expect(first).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^1 objects copied .* 0 were there/),
    });
    expect(second).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^0 objects copied .* 1 were there/),
    });
  });

  it('leaves a damaged object where it is, names it and ends with 7', async () => {
    const cut = BODY.slice(0, -5);
    const headers = { ...OBJECT.headers, 'x-amz-checksum-sha256': toChecksum(sha256(cut)) };

    const { code, stdout, stderr } = await pull(words(), [listing([KEY]), { ...OBJECT, headers, body: cut }]);

    expect(code).toBe(7);
    expect(stdout).toMatch(/^0 objects copied .* 0 were there, 1 are damaged/);
    expect(stderr).toContain(`The raw object ${KEY} is not JSON`);
    expect(await readdir(join(lake, 'raw')).catch(() => [])).not.toContain('weather-daily');
  });

  it('fails when there was nothing to copy, with the bucket and the pipeline', async () => {
    const { code, stdout, stderr } = await pull(words());

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('the bucket lake-raw holds no raw object of the pipeline weather-daily');
    expect(await readdir(lake)).toEqual([]);
  });

  it.each([
    [
      'empty words',
      ['--bucket', '', '--pipeline', '', '--lake', ''],
      ['--bucket: must be', '--pipeline: must', '--lake: must'],
    ],
    ['missing words', [], ['--bucket: must be a text, and is missing', '--pipeline: must', '--lake: must']],
    [
      'names that cannot be',
      ['--bucket', 'A_B', '--pipeline', 'X', '--lake', 's3://lake'],
      ['(received "A_B")', '(received "X")', '--lake: must be a folder'],
    ],
    ['a word that it does not know', ['--buckets', 'lake-raw'], ["Unknown option '--buckets'"]],
  ])('refuses %s with 2, all mistakes at once, and asks nobody', async (_, args, messages) => {
    const { code, stderr } = await pull(args);

    expect(code).toBe(2);
    for (const message of messages) expect(stderr).toContain(message);
    expect(s3.requests).toEqual([]);
  });
});
