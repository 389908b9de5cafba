import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { approvalText, digestOf, parseApproval, withPlanFile } from './approval.mjs';
import { environmentNames, readEnvironment, unknownName } from './environments.mjs';
import { CHANGES, planStack } from './stack-plan.mjs';
import { chdir, refuse, run } from './terraform.mjs';

/**
 * Plans, deploys or destroys an environment, or looks for drift: `npm run deploy -- dev`. What follows the environment
 * goes to the tool below: cdktf, or Terraform's plan for diff and drift. `bootstrap` stands for the bootstrap stack.
 *
 * `diff -- prod --approval-to FILE` writes down which plans it has shown, and `deploy -- prod --approved TEXT` applies what it
 * plans only where that is the same.
 */
const BOOTSTRAP = 'bootstrap';
/** Of one who only looks, and must not hold up a deployment. */
const READER = '-lock=false';
const UNSEEN = 'it could not be planned when the deployment was approved.';
const OTHER_PLAN = 'the plan above is not the one that was approved.';
const AGAIN =
  'Run all jobs of the workflow again (the failed one alone keeps this approval), read the plan, and approve it.';
const VERBS = { diff, deploy, destroy, drift };

const [verb, environment, ...options] = process.argv.slice(2);
process.exitCode = main();

function main() {
  if (!(verb in VERBS)) return refuse(`There is no ${verb}; there are ${Object.keys(VERBS).join(', ')}.`);
  const known = [...environmentNames(), BOOTSTRAP];
  if (!known.includes(environment)) return refuse(unknownName(environment, { command: verb, known }));
  try {
    return VERBS[verb]();
  } catch (error) {
    return refuse(error.message);
  }
}

/** In the order of their dependence: the ingest reads the lake's state. */
function stacks() {
  if (environment === BOOTSTRAP) return ['weather-bootstrap'];
  return [`weather-lake-${environment}`, `weather-ingest-${environment}`];
}

/** Both stacks, even when the first has changes. */
function diff() {
  const file = takeOption('--approval-to');
  const ending = synth();
  if (ending !== 0 || file === undefined) return ending || worst(stacks().map((stack) => diffOf(stack)));
  const digests = {};
  const endings = stacks().map((stack) => digestShown(stack, digests));
  if (worst(endings) === 0) writeFileSync(file, approvalText(digests));
  return worst(endings);
}

/** @param more options of Terraform's plan */
function diffOf(stack, ...more) {
  const ending = planStack(stack, [READER, ...more, ...options]);
  return ending === CHANGES ? 0 : ending;
}

function digestShown(stack, digests) {
  return withPlanFile((planFile) => {
    const ending = diffOf(stack, `-out=${planFile}`);
    if (ending === 0) digests[stack] = digestOf(stack, planFile);
    return ending;
  });
}

function deploy() {
  const approval = takeOption('--approved');
  if (approval === undefined) return cdktf('deploy', ...stacks());
  const digests = parseApproval(approval, stacks());
  return synth() || untilFailure(stacks(), (stack) => deployApproved(stack, digests[stack]));
}

/** The plan that is compared is the plan that is applied. */
function deployApproved(stack, approved) {
  return withPlanFile((planFile) => {
    const ending = planStack(stack, [`-out=${planFile}`, ...options]);
    if (ending === 1) return ending;
    if (approved === undefined || digestOf(stack, planFile) !== approved)
      return refuse(`${stack} is not deployed: ${approved === undefined ? UNSEEN : OTHER_PLAN} ${AGAIN}`);
    return ending === CHANGES ? run('terraform', [chdir(stack), 'apply', '-input=false', planFile]) : ending;
  });
}

function destroy() {
  const reason = whyNotDestroyed();
  return reason === undefined ? cdktf('destroy', ...stacks()) : refuse(reason);
}

/** Terraform would refuse as well, but only after the unprotected half is gone. */
function whyNotDestroyed() {
  if (environment === BOOTSTRAP)
    return 'bootstrap holds the states of every environment and is not destroyed by a command.';
  if (readEnvironment(environment).protect_from_destroy === false) return undefined;
  return `${environment} is protected from being destroyed. Set protect_from_destroy to false in its file, deploy that, then destroy.`;
}

/** Ends with 2 when what is deployed is not what the sources say. */
function drift() {
  return synth() || worst(stacks().map(driftOf));
}

function driftOf(stack) {
  const ending = planStack(stack, [READER, ...options]);
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

/** Stops at the first that fails: what follows depends on it. */
function untilFailure(all, work) {
  for (const one of all) {
    const ending = work(one);
    if (ending !== 0) return ending;
  }
  return 0;
}

/** An option of this script, which goes to no tool below. @returns its value */
function takeOption(name) {
  const at = options.indexOf(name);
  return at < 0 ? undefined : (options.splice(at, 2)[1] ?? '');
}

function cdktf(...args) {
  return run(join('node_modules', '.bin', 'cdktf'), [...args, ...options]);
}
