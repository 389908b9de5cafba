import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chdir, folderOf, refuse, run, start } from './terraform.mjs';

/** What Terraform answers when a plan holds changes, and -detailed-exitcode was asked for. */
export const CHANGES = 2;
/** How a stack's Terraform names an output in the state of another stack. */
const REFERENCE = /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g;

/**
 * Shows a stack's plan.
 *
 * @param options of Terraform's plan
 * @returns 0, CHANGES or 1, as Terraform does; CHANGES too where the stack cannot be planned yet, and there is no plan then
 */
export function planStack(stack, options) {
  process.stdout.write(`\n${stack}\n`);
  // The provider's version is pinned by the sources, so that a lock of an older one must give way.
  const status = run('terraform', [chdir(stack), 'init', '-input=false', '-upgrade']);
  return (
    status ||
    waitsForOther(stack) ||
    run('terraform', [chdir(stack), 'plan', '-input=false', '-detailed-exitcode', ...options])
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
      `npm run deploy -- ${environmentOf(stack)} deploys one after the other.\n`,
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

function environmentOf(stack) {
  return stack.split('-').at(-1);
}
