import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/check-remote-state.mjs');

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'environments-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function check(text: string | Buffer, environment = 'dev') {
  await writeFile(join(folder, 'dev.json'), text);
  const env = { ...process.env, INGEST_WEATHER_ENVIRONMENTS: folder };
  return spawnSync(process.execPath, [SCRIPT, environment], { encoding: 'utf8', env });
}

describe('check-remote-state', () => {
  test('lets an environment pass whose state lies in a bucket', async () => {
    const { status } = await check(
      JSON.stringify({ state: { backend: 's3', bucket: 'state', region: 'eu-central-1' } }),
    );
    expect(status).toBe(0);
  });

  test.each([{ state: { backend: 'local' } }, {}])('stops %j, whose state a job would lose', async (file) => {
    const { status, stderr } = await check(JSON.stringify(file));
    expect(status).toBe(1);
    expect(stderr).toContain('"backend": "s3"');
  });

  test('says which environments there are when told another', async () => {
    const { status, stderr } = await check('{}', 'nope');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'There is no environment nope. Say npm run check:remote-state -- NAME, where NAME is one of dev.\n',
    );
  });

  test.each([
    ['{"state": {', /dev\.json is not JSON: .+\. npm run synth tells the line and column to mend\.\n$/],
    ['\u001b[31m', /dev\.json is not JSON: \P{Cc}+\. npm run synth tells the line and column to mend\.\n$/u],
    [
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      /dev\.json holds no JSON object: a list\. npm run synth tells of all its mistakes\.\n$/,
    ],
    [
      Buffer.from('{"name": "Zürich"}', 'latin1'),
      /dev\.json cannot be read: it is not UTF-8\. npm run synth tells the line and byte to mend\.\n$/,
    ],
    ['null', /dev\.json holds no JSON object: null\. npm run synth tells of all its mistakes\.\n$/],
  ])('says of a file that holds %s what is wrong with it', async (text, sentence) => {
    const { status, stderr } = await check(text);
    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});
