import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Report, round, Stopwatch } from './measure';

const RUNS = 7;
const WARM_UP = 2;

/** All stacks of all environments to Terraform: a whole process, functions and stacks bundled beforehand. */
export function synth(report: Report): void {
  const folder = mkdtempSync(join(tmpdir(), 'synth-'));
  run('scripts/synth.mjs', folder);
  const watch = new Stopwatch();
  for (let count = 0; count < RUNS; count++) watch.time(() => run('dist/main.js', folder));
  const stacks = readdirSync(join(folder, 'stacks')).length;
  rmSync(folder, { recursive: true });
  const { median } = watch.timing(WARM_UP);
  report({ name: `synth_${stacks}_stacks_whole_process`, value: round(median), unit: 'ms' });
}

function run(script: string, folder: string): void {
  const env = { ...process.env, CDKTF_OUTDIR: folder };
  const { status, stderr } = spawnSync(process.execPath, [script], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`);
}
