import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SHORTEST_ENVIRONMENT } from '../../environment/environment-of';

const ROOT = resolve(__dirname, '../../..');

/** Runs the script where no cdktf or Terraform could be started. */
function run(args: readonly string[], environments?: string) {
  const env = { PATH: '/nonexistent', ...(environments && { INGEST_WEATHER_ENVIRONMENTS: environments }) };
  const options = { cwd: ROOT, env, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, ['scripts/deployment.mjs', ...args], options);
}

describe('npm run deploy, diff, destroy and drift', () => {
  it('refuse to destroy what is protected, before anything is touched', () => {
    expect(run(['destroy', 'prod'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^prod is protected .* Set protect_from_destroy to false/),
    });
    expect(run(['destroy', 'bootstrap'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('states'),
    });
  });

  it.each([
    [[], 'Which environment?'],
    [['staging'], 'There is no environment staging.'],
  ])('say which environments there are when told %j', (args, sentence) => {
    const { status, stderr } = run(['diff', ...args]);

    expect(status).toBe(1);
    expect(stderr).toBe(`${sentence} Say npm run diff -- NAME, where NAME is one of dev, prod, bootstrap.\n`);
  });

  it('know the environments of another folder', () => {
    const file = { ...SHORTEST_ENVIRONMENT, protect_from_destroy: true };

    const { stderr } = destroyOf(JSON.stringify(file));

    expect(stderr).toMatch(/^mine is protected/);
  });

  it.each([
    [
      '{"name": "weather",',
      /mine\.json is not JSON: .+\. npm run synth tells the line and column to mend\.\n$/,
    ],
    ['[]', /mine\.json holds no JSON object: \[\]\. npm run synth tells of all its mistakes\.\n$/],
  ])('destroy nothing when the file holds %s, and say what is wrong with it', (text, sentence) => {
    const { status, stderr } = destroyOf(text);

    expect(status).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.split('\n')).toHaveLength(2);
  });
});

/** Of an environment `mine`, whose file holds a text. */
function destroyOf(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'environments-'));
  writeFileSync(join(folder, 'mine.json'), text);
  const ending = run(['destroy', 'mine'], folder);
  rmSync(folder, { recursive: true });
  return ending;
}
