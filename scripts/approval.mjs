import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chdir, start } from './terraform.mjs';

/**
 * What was approved of a deployment: a digest of each stack's plan, as `stack=digest,stack=digest`. It stands in a job's
 * output in place of the plans themselves, which hold values in clear text.
 */
const UNPLANNED = 'unplanned';
const ENTRY = /^([\w-]+)=([0-9a-f]{64}|unplanned)$/;

/** @param digests by stack; undefined for one that could not be planned yet */
export function approvalText(digests) {
  return Object.entries(digests)
    .map(([stack, digest]) => `${stack}=${digest ?? UNPLANNED}`)
    .join(',');
}

/** @returns digests by stack, undefined for one that was not planned. @throws Error that names the way out */
export function parseApproval(text, stacks) {
  const entries = text.split(',').map((entry) => ENTRY.exec(entry));
  const digests = Object.fromEntries(entries.flatMap((entry) => (entry ? [entry.slice(1)] : [])));
  if (entries.every((entry) => entry !== null) && stacks.every((stack) => stack in digests))
    return Object.fromEntries(
      stacks.map((stack) => [stack, digests[stack] === UNPLANNED ? undefined : digests[stack]]),
    );
  throw new Error(
    `--approved is ${JSON.stringify(text)}, which approves nothing of ${stacks.join(' and ')}. Give it what npm run diff wrote with --approval-to.`,
  );
}

/** Digest of all that a plan changes. @param plan what terraform show -json says of it */
function planDigest({ resource_changes: resources = [], output_changes: outputs = {} }) {
  const changes = {
    resources: resources.filter(isChange),
    outputs: Object.entries(outputs).filter(([, change]) => !isNoop(change)),
  };
  return createHash('sha256').update(JSON.stringify(changes)).digest('hex');
}

function isChange({ change, previous_address: moved }) {
  return !isNoop(change) || moved !== undefined || change.importing !== undefined;
}

function isNoop({ actions }) {
  return actions.length === 1 && actions[0] === 'no-op';
}

/** A plan holds values in clear text: its file is gone when the work is done. @param work is told where to put it */
export function withPlanFile(work) {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  try {
    return work(join(folder, 'plan'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @returns undefined when the stack could not be planned. @throws Error when its plan cannot be read */
export function digestOf(stack, planFile) {
  if (!existsSync(planFile)) return undefined;
  const { status, stdout } = start('terraform', [chdir(stack), 'show', '-json', planFile], {
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  if (status === 0) return planDigest(JSON.parse(stdout));
  throw new Error(`The plan of ${stack} cannot be read: terraform show ended with ${status}.`);
}
