import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Plans, deploys or destroys an environment, or looks for drift: `npm run deploy -- dev`. What follows the environment
 * goes to the tool below: cdktf, or Terraform for drift. `bootstrap` stands for the bootstrap stack.
 */
const ENVIRONMENTS = process.env.INGEST_WEATHER_ENVIRONMENTS ?? 'resources/environments';
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
  if (!known.includes(environment)) {
    const asked =
      environment === undefined ? 'Which environment?' : `There is no environment ${environment}.`;
    return refuse(`${asked} Say npm run ${verb} -- NAME, where NAME is one of ${known.join(', ')}.`);
  }
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

/** Terraform would refuse as well, but only after the unprotected half is gone. */
function destroy() {
  if (environment === BOOTSTRAP)
    return refuse('bootstrap holds the states of every environment and is not destroyed by a command.');
  if (isProtected())
    return refuse(
      `${environment} is protected from being destroyed. Set protect_from_destroy to false in its file, deploy that, then destroy.`,
    );
  return cdktf('destroy', ...stacks());
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

function isProtected() {
  return (
    JSON.parse(readFileSync(join(ENVIRONMENTS, `${environment}.json`), 'utf8')).protect_from_destroy !== false
  );
}

function environmentNames() {
  if (!existsSync(ENVIRONMENTS)) return [];
  const files = readdirSync(ENVIRONMENTS).filter((name) => name.endsWith('.json'));
  return files.filter((name) => !name.endsWith('.schema.json')).map((name) => name.slice(0, -'.json'.length));
}

function refuse(sentence) {
  process.stderr.write(`${sentence}\n`);
  return 1;
}
