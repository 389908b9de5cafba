import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { environmentNames, readEnvironment, unknownName } from './environments.mjs';

/**
 * Plans, deploys or destroys an environment, or looks for drift: `npm run deploy -- dev`. What follows the environment
 * goes to the tool below: cdktf, or Terraform for drift. `bootstrap` stands for the bootstrap stack.
 */
const BOOTSTRAP = 'bootstrap';
const OUTPUT = process.env.CDKTF_OUTDIR ?? 'cdktf.out';
/** What Terraform answers when a plan holds changes, and -detailed-exitcode was asked for. */
const CHANGES = 2;
const VERBS = { diff, deploy, destroy, drift };

const [verb, environment, ...options] = process.argv.slice(2);
process.exitCode = main();

function main() {
  if (!(verb in VERBS)) return refuse(`There is no ${verb}; there are ${Object.keys(VERBS).join(', ')}.`);
  const known = [...environmentNames(), BOOTSTRAP];
  if (!known.includes(environment)) return refuse(unknownName(environment, { command: verb, known }));
  return VERBS[verb]();
}

/** In the order of their dependence: the ingest reads the lake's state. */
function stacks() {
  if (environment === BOOTSTRAP) return ['weather-bootstrap'];
  return [`weather-lake-${environment}`, `weather-ingest-${environment}`];
}

/** One stack at a time, which is all that cdktf can; both, even when the first has changes. */
function diff() {
  return Math.max(...stacks().map((stack) => cdktf('diff', stack)));
}

function deploy() {
  return cdktf('deploy', ...stacks());
}

function destroy() {
  const reason = whyNotDestroyed();
  return reason === undefined ? cdktf('destroy', ...stacks()) : refuse(reason);
}

/** Terraform would refuse as well, but only after the unprotected half is gone. */
function whyNotDestroyed() {
  if (environment === BOOTSTRAP)
    return 'bootstrap holds the states of every environment and is not destroyed by a command.';
  try {
    if (readEnvironment(environment).protect_from_destroy === false) return undefined;
  } catch (error) {
    return error.message;
  }
  return `${environment} is protected from being destroyed. Set protect_from_destroy to false in its file, deploy that, then destroy.`;
}

/** Ends with 2 when what is deployed is not what the sources say. */
function drift() {
  const status = run(process.execPath, ['scripts/synth.mjs']);
  if (status !== 0) return status;
  return Math.max(...stacks().map(driftOf));
}

function driftOf(stack) {
  const chdir = `-chdir=${join(OUTPUT, 'stacks', stack)}`;
  const status =
    run('terraform', [chdir, 'init', '-input=false']) ||
    run('terraform', [chdir, 'plan', '-input=false', '-lock=false', '-detailed-exitcode', ...options]);
  if (status === CHANGES) process.stderr.write(`${stack} is not deployed as the sources say.\n`);
  return status;
}

function cdktf(...args) {
  return run(join('node_modules', '.bin', 'cdktf'), [...args, ...options]);
}

function run(command, args) {
  const env = { CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', ...process.env };
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
  if (error !== undefined) return refuse(`${command} cannot be started (${error.code}); install it first.`);
  return status ?? 1;
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
