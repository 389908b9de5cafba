import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STEPS } from '../../unit/workflows/workflow-files';

const { run, env } = STEPS.find(({ step }) => step.id === 'told')!.step;
const MOST_BYTES = Number(env?.MOST_BYTES);
/** Three bytes. */
const LINE = '─';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'told-plan-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the step as the runner does. @returns its one output as the runner reads it */
function told(plan: string): string {
  const [script, output] = [join(folder, 'step.sh'), join(folder, 'output')];
  writeFileSync(script, run!);
  writeFileSync(join(folder, 'plan.txt'), plan);
  const runner = { TARGET: 'dev', RUNNER_TEMP: folder, GITHUB_OUTPUT: output };
  const settings = { ...process.env, ...env, ...runner } as NodeJS.ProcessEnv;
  expect(spawnSync('bash', ['-e', script], { env: settings }).status).toBe(0);
  const [, end, text] = /^dev<<([0-9a-f]{32})\n([\s\S]*)\n\1\n$/.exec(readFileSync(output, 'utf8')) ?? [];
  expect(end).toBeDefined();
  return text!;
}

describe('the step of diff.yml that hands the plan to the comment', () => {
  it('leaves out colours and account numbers', () => {
    expect(told('\u001b[1mPlan:\u001b[0m arn:aws:s3:eu-central-1:123456789012:x\n')).toBe(
      'Plan: arn:aws:s3:eu-central-1:<account>:x\n',
    );
  });

  it.each([0, 1, 2])('cuts a long plan between characters, %d bytes on', (offset) => {
    const begin = 'x'.repeat(offset);
    const whole = Math.floor((MOST_BYTES - offset) / Buffer.byteLength(LINE));

    expect(told(begin + LINE.repeat(MOST_BYTES))).toBe(
      `${begin}${LINE.repeat(whole)}\n... the rest is in the log of the job`,
    );
  });
});
