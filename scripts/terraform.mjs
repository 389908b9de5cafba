import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const OUTPUT = process.env.CDKTF_OUTDIR ?? 'cdktf.out';

export function chdir(stack) {
  return `-chdir=${folderOf(stack)}`;
}

/** The synthesized Terraform of a stack. */
export function folderOf(stack) {
  return join(OUTPUT, 'stacks', stack);
}

/** @returns its exit code */
export function run(command, args) {
  const { status, error } = start(command, args, { stdio: 'inherit' });
  if (error !== undefined) return refuse(`${command} cannot be started (${error.code}); install it first.`);
  return status ?? 1;
}

export function start(command, args, options) {
  const env = { CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', ...process.env };
  return spawnSync(command, args, { encoding: 'utf8', env, ...options });
}

/** Says why not. @returns the exit code of a refusal */
export function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
