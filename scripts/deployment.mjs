import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames, readEnvironment, unknownName } from './environments.mjs';

/**
 * Plans, deploys or destroys an environment, or looks for drift: `npm run deploy -- dev`. What follows the environment
 * goes to the tool below: cdktf, or Terraform's plan for diff and drift. `bootstrap` stands for the bootstrap stack.
 */
const BOOTSTRAP = 'bootstrap';
const OUTPUT = process.env.CDKTF_OUTDIR ?? 'cdktf.out';
/** What Terraform answers when a plan holds changes, and -detailed-exitcode was asked for. */
const CHANGES = 2;
/** How a stack's Terraform names an output in the state of another stack. */
const REFERENCE = /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g;
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

/** Both stacks, even when the first has changes. */
function diff() {
  return synth() || worst(stacks().map(diffOf));
}

function diffOf(stack) {
  const ending = planOf(stack);
  return ending === CHANGES ? 0 : ending;
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
  return synth() || worst(stacks().map(driftOf));
}

function driftOf(stack) {
  const ending = planOf(stack);
  if (ending === CHANGES) process.stderr.write(`${stack} is not deployed as the sources say.\n`);
  return ending;
}

function synth() {
  return run(process.execPath, ['scripts/synth.mjs']);
}

/** A failure says more than changes do. */
function worst(endings) {
  return endings.includes(1) ? 1 : Math.max(...endings);
}

/** Shows a stack's plan, as a reader who locks nothing. @returns 0, CHANGES or 1, as Terraform does */
function planOf(stack) {
  process.stdout.write(`\n${stack}\n`);
  // The provider's version is pinned by the sources, so that a lock of an older one must give way.
  const status = run('terraform', [chdir(stack), 'init', '-input=false', '-upgrade']);
  return (
    status ||
    waitsForOther(stack) ||
    run('terraform', [chdir(stack), 'plan', '-input=false', '-lock=false', '-detailed-exitcode', ...options])
  );
}

/** Terraform cannot plan what reads an output that is not deployed yet. @returns 0 when all that it reads is there */
function waitsForOther(stack) {
  for (const [other, names] of outputsReadBy(stack)) {
    const deployed = deployedOutputs(other);
    if (deployed === undefined)
      return refuse(`${stack} is not planned: the state of ${other}, which it reads, cannot be read.`);
    const lacking = [...names].filter((name) => !deployed.includes(name));
    if (lacking.length > 0) return tellWait({ stack, other, lacking, isDeployed: deployed.length > 0 });
  }
  return 0;
}

function tellWait({ stack, other, lacking, isDeployed }) {
  const reason = isDeployed
    ? `${other} is not deployed as the sources say: its state lacks ${lacking.join(', ')}`
    : `${other} is not deployed`;
  process.stdout.write(
    `${stack} cannot be planned yet, since it reads outputs of ${other}, and ${reason}. ` +
      `npm run deploy -- ${environment} deploys one after the other.\n`,
  );
  return CHANGES;
}

/** Names of outputs, by the stack in whose state they are. */
function outputsReadBy(stack) {
  const terraform = readFileSync(join(folderOf(stack), 'cdk.tf.json'), 'utf8');
  const read = new Map();
  for (const [, other, name] of terraform.matchAll(REFERENCE))
    read.set(other, (read.get(other) ?? new Set()).add(name));
  return read;
}

/** Names of a stack's outputs, none before it is deployed; undefined when its state cannot be read. */
function deployedOutputs(stack) {
  const { status, stdout } = start('terraform', [chdir(stack), 'output', '-json'], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  return status === 0 ? Object.keys(JSON.parse(stdout)) : undefined;
}

function chdir(stack) {
  return `-chdir=${folderOf(stack)}`;
}

function folderOf(stack) {
  return join(OUTPUT, 'stacks', stack);
}

function cdktf(...args) {
  return run(join('node_modules', '.bin', 'cdktf'), [...args, ...options]);
}

function run(command, args) {
  const { status, error } = start(command, args, { stdio: 'inherit' });
  if (error !== undefined) return refuse(`${command} cannot be started (${error.code}); install it first.`);
  return status ?? 1;
}

function start(command, args, options) {
  const env = { CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', ...process.env };
  return spawnSync(command, args, { encoding: 'utf8', env, ...options });
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
