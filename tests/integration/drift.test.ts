import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/drift.mjs');
/** Stands in for Terraform: says what it was asked and ends as the file `code` of the stack's folder says. */
const TERRAFORM = `#!/bin/sh
echo "$@"
[ "$2" = init ] && exit 0
exit "$(cat "\${1#-chdir=}/code")"
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drift-'));
  await mkdir(join(folder, 'bin'));
  await writeFile(join(folder, 'bin/terraform'), TERRAFORM);
  await chmod(join(folder, 'bin/terraform'), 0o755);
});

afterEach(() => rm(folder, { recursive: true }));

async function stack(name: string, planCode: number): Promise<void> {
  await mkdir(join(folder, 'stacks', name), { recursive: true });
  await writeFile(join(folder, 'stacks', name, 'code'), String(planCode));
}

function drift(...args: string[]) {
  const PATH = [join(folder, 'bin'), process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [SCRIPT, ...args, '--stacks', join(folder, 'stacks')],
    { encoding: 'utf8', env: { ...process.env, PATH } },
  );
  return { status, stdout, stderr };
}

describe('drift', () => {
  test('ends with 0 when no plan of the environment changes, without a look at the others', async () => {
    await stack('weather-lake-dev', 0);
    await stack('weather-ingest-dev', 0);
    await stack('weather-lake-prod', 2);

    const { status, stdout } = drift('dev');

    expect(status).toBe(0);
    expect(stdout).toContain('plan -input=false -no-color -lock=false -detailed-exitcode');
    expect(stdout).not.toContain('weather-lake-prod');
  });

  test('ends with 2 when one plan changes, after all plans', async () => {
    await stack('weather-ingest-dev', 2);
    await stack('weather-lake-dev', 0);

    const { status, stdout, stderr } = drift('dev');

    expect(status).toBe(2);
    expect(stdout).toContain('weather-ingest-dev: changed\nweather-lake-dev: as deployed\n');
    expect(stderr).toContain('npm run deploy');
  });

  test('ends with 1 when a plan cannot be made, even if another changes', async () => {
    await stack('weather-ingest-dev', 1);
    await stack('weather-lake-dev', 2);

    expect(drift('dev').status).toBe(1);
  });

  test('refuses an environment without stacks, which would never drift', async () => {
    await stack('weather-lake-dev', 0);

    expect(drift('prdo')).toMatchObject({ status: 1, stderr: expect.stringContaining('no stack of prdo') });
    expect(drift()).toMatchObject({ status: 1, stderr: expect.stringContaining('npm run drift -- dev') });
  });
});
