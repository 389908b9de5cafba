import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../../..');

/** Terraform as the script sees it: plans what a file says, and notes what it applies. */
const STAND_IN = `#!/usr/bin/env node
const { existsSync, readFileSync, writeFileSync, appendFileSync } = require('node:fs');
const { basename, join } = require('node:path');
const [chdir, command, ...options] = process.argv.slice(2);
const stack = basename(chdir);
const file = (name) => join(process.env.STAND_IN, name);
const plan = () => readFileSync(file(existsSync(file(stack)) ? stack : 'nothing'), 'utf8');
if (command === 'output') {
  process.stdout.write(existsSync(file('not-deployed')) ? '{}' : '{ "cross-stack-output-a": {} }');
}
if (command === 'plan') {
  appendFileSync(file('calls'), ['plan', stack, options.includes('-lock=false') ? 'unlocked' : 'locked'].join(' ') + '\\n');
  const out = options.find((option) => option.startsWith('-out='));
  if (out) writeFileSync(out.slice('-out='.length), plan());
  process.exitCode = plan().includes('"update"') ? 2 : 0;
}
if (command === 'show') process.stdout.write(readFileSync(options.at(-1), 'utf8'));
if (command === 'apply') {
  appendFileSync(file('calls'), ['apply', stack, readFileSync(options.at(-1), 'utf8')].join(' ') + '\\n');
}
`;

/** In place of the whole synthesis: an ingest that reads one output of its lake. */
const SYNTHESIS = `
import { mkdirSync, writeFileSync } from 'node:fs';
for (const stack of ['lake', 'ingest']) {
  const folder = 'cdktf.out/stacks/weather-' + stack + '-prod';
  mkdirSync(folder, { recursive: true });
  const read = '\${data.terraform_remote_state.cross-stack-reference-input-weather-lake-prod.outputs.cross-stack-output-a}';
  writeFileSync(folder + '/cdk.tf.json', JSON.stringify(stack === 'lake' ? {} : { read }));
}
`;

const LAKE = 'weather-lake-prod';
const INGEST = 'weather-ingest-prod';

const planOf = (...values: readonly string[]) =>
  JSON.stringify({
    timestamp: new Date().toISOString(),
    resource_changes: [
      { address: 'aws_s3_bucket.same', change: { actions: ['no-op'], before: { tags: 'x' }, after: {} } },
      ...values.map((after, index) => ({
        address: `aws_sqs_queue.queue-${index}`,
        change: { actions: ['update'], before: { name: 'old' }, after: { name: after } },
      })),
    ],
  });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'approval-'));
  writeFileSync(join(folder, 'terraform'), STAND_IN);
  chmodSync(join(folder, 'terraform'), 0o755);
  writeFileSync(join(folder, 'nothing'), planOf());
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts/synth.mjs'), SYNTHESIS);
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const env = {
    PATH: [folder, dirname(process.execPath), process.env.PATH].join(delimiter),
    STAND_IN: folder,
    TMPDIR: folder,
    INGEST_WEATHER_ENVIRONMENTS: join(ROOT, 'resources/environments'),
  };
  const options = { cwd: folder, env, encoding: 'utf8' } as const;
  return spawnSync(process.execPath, [join(ROOT, 'scripts/deployment.mjs'), ...args], options);
}

/** What a job of the workflow hands on once it has shown the plans. */
function approved(): string {
  const file = join(folder, 'approval');
  const { status, stderr } = run('diff', 'prod', '--approval-to', file);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) });
  rmSync(join(folder, 'calls'));
  return readFileSync(file, 'utf8');
}

const planned = (stack: string, ...values: readonly string[]) =>
  writeFileSync(join(folder, stack), planOf(...values));
const calls = () =>
  existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8').trimEnd().split('\n') : [];

describe('npm run deploy with the approval of a diff', () => {
  it('applies the very plans that were shown, each once it has been compared, under the lock', () => {
    planned(LAKE, 'a');
    planned(INGEST, 'b', 'c');

    const { status } = run('deploy', 'prod', '--approved', approved());

    expect(calls()).toEqual([
      `plan ${LAKE} locked`,
      expect.stringMatching(`^apply ${LAKE} .*"name":"a"`),
      `plan ${INGEST} locked`,
      expect.stringMatching(`^apply ${INGEST} .*"name":"b".*"name":"c"`),
    ]);
    expect(status).toBe(0);
  });

  it('applies nothing where nothing is to be done', () => {
    planned(INGEST, 'b');

    const { status } = run('deploy', 'prod', '--approved', approved());

    expect([status, calls().filter((call) => call.startsWith('apply'))]).toEqual([
      0,
      [expect.stringContaining(INGEST)],
    ]);
  });

  it.each([
    ['another value', ['other']],
    ['one change more', ['a', 'b']],
    ['one change less', []],
  ])('applies nothing when the plan has become another: %s', (_, values) => {
    planned(LAKE, 'a');
    const approval = approved();
    planned(LAKE, ...values);

    const { status, stderr } = run('deploy', 'prod', '--approved', approval);

    expect(status).toBe(1);
    expect(stderr).toContain(
      `${LAKE} is not deployed: the plan above is not the one that was approved. Run all jobs of the workflow again (the failed one alone keeps this approval), read the plan, and approve it.`,
    );
    expect(calls()).toEqual([`plan ${LAKE} locked`]);
  });

  it('applies the lake alone where the ingest could be planned only after it', () => {
    writeFileSync(join(folder, 'not-deployed'), '');
    planned(LAKE, 'a');
    const approval = approved();
    rmSync(join(folder, 'not-deployed'));
    planned(INGEST, 'b');

    const { status, stderr } = run('deploy', 'prod', '--approved', approval);

    expect(status).toBe(1);
    expect(stderr).toContain(
      `${INGEST} is not deployed: it could not be planned when the deployment was approved. Run all jobs of the workflow again`,
    );
    expect(calls().filter((call) => call.startsWith('apply'))).toEqual([expect.stringContaining(LAKE)]);
  });

  it.each([
    ['nothing', ''],
    ['of another environment', `weather-lake-dev=${'0'.repeat(64)},weather-ingest-dev=unplanned`],
    ['of one stack', `${LAKE}=${'0'.repeat(64)}`],
    ['no digest', `${LAKE}=yes,${INGEST}=yes`],
  ])('is refused, and starts nothing, where the approval is %s', (_, approval) => {
    const { status, stderr } = run('deploy', 'prod', '--approved', approval);

    expect(status).toBe(1);
    expect(stderr).toBe(
      `--approved is ${JSON.stringify(approval)}, which approves nothing of ${LAKE} and ${INGEST}. Give it what npm run diff wrote with --approval-to.\n`,
    );
    expect(calls()).toEqual([]);
  });

  it('holds digests and no plan, and leaves no plan behind', () => {
    planned(LAKE, 'a-secret-value');

    const approval = approved();

    expect(approval).toMatch(/^weather-lake-prod=[0-9a-f]{64},weather-ingest-prod=[0-9a-f]{64}$/);
    const left = spawnSync('grep', ['-rl', 'a-secret-value', folder], { encoding: 'utf8' }).stdout;
    expect(left.trimEnd().split('\n')).toEqual([join(folder, LAKE)]);
  });
});
