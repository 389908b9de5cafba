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

async function checkOf(file: Record<string, unknown>) {
  await writeFile(join(folder, 'dev.json'), JSON.stringify(file));
  const env = { ...process.env, INGEST_WEATHER_ENVIRONMENTS: folder };
  return spawnSync(process.execPath, [SCRIPT, 'dev'], { encoding: 'utf8', env });
}

describe('check-remote-state', () => {
  test('lets an environment pass whose state lies in a bucket', async () => {
    const { status } = await checkOf({ state: { backend: 's3', bucket: 'state', region: 'eu-central-1' } });
    expect(status).toBe(0);
  });

  test.each([{ state: { backend: 'local' } }, {}])('stops %j, whose state a job would lose', async (file) => {
    const { status, stderr } = await checkOf(file);
    expect(status).toBe(1);
    expect(stderr).toContain('"backend": "s3"');
  });
});
