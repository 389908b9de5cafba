import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckovReport, type FailedCheck, runCheckov } from './policies/checkov';
import { type PolicyException, readPolicyExceptions, speaksOf } from './policies/policy-exceptions';
import { type Stacks, synthesizeStacks } from './policies/synthesized-stacks';

/**
 * Runs checkov over the Terraform of every stack of every environment. Each failed check needs a reason in
 * resources/policy-exceptions.json, and each reason that names a check of checkov needs one that fails.
 */
const OF_CHECKOV = /^CKV/;
/** Fewer checks than this say that checkov has not read the stacks. */
const FEWEST_CHECKS = 100;

interface Failure extends FailedCheck {
  readonly address: string;
}

const outdir = mkdtempSync(join(tmpdir(), 'policies-'));
try {
  const stacks = synthesizeStacks(outdir);
  judge(runCheckov(join(outdir, 'stacks')), stacks);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}

function judge({ results, summary }: CheckovReport, stacks: Stacks): void {
  const exceptions = readPolicyExceptions();
  const failures = results.failed_checks.map((check) => ({ ...check, address: addressOf(check, stacks) }));
  const problems = [
    ...unread(summary),
    ...failures.filter((failure) => !exceptions.some((one) => excuses(one, failure))).map(tellFailure),
    ...exceptions.flatMap((exception) => unneeded(exception, failures)),
  ];
  process.stdout.write(`checkov: ${summary.passed} checks passed, ${failures.length} failed\n`);
  if (problems.length === 0) return;
  process.stderr.write(`${problems.map((problem) => `  - ${problem}`).join('\n')}\n`);
  process.exitCode = 1;
}

function unread({ passed, failed, parsing_errors }: CheckovReport['summary']): readonly string[] {
  if (parsing_errors > 0) return [`checkov could not read ${parsing_errors} stacks`];
  return passed + failed < FEWEST_CHECKS ? [`checkov made only ${passed + failed} checks`] : [];
}

function tellFailure({ address, check_id, check_name }: Failure): string {
  return `${address} fails ${check_id} without a reason: ${check_name}`;
}

function unneeded(exception: PolicyException, failures: readonly Failure[]): readonly string[] {
  return exception.controls
    .filter((id) => OF_CHECKOV.test(id))
    .filter((id) => !failures.some((failure) => failure.check_id === id && excuses(exception, failure)))
    .map((id) => `${exception.resource} has a reason for ${id}, which does not fail`);
}

function excuses(exception: PolicyException, { check_id, address }: Failure): boolean {
  return exception.controls.includes(check_id) && speaksOf(exception, address);
}

/** checkov names some resources without their type, which the stack knows. */
function addressOf({ file_path, resource }: FailedCheck, stacks: Stacks): string {
  const stack = file_path.split('/').at(-2) ?? '';
  const name = resource.split('.').at(-1) ?? '';
  const types = Object.entries(stacks.get(stack)?.resource ?? {});
  const type = types.find(([, byName]) => name in byName)?.[0] ?? 'unknown';
  return `${stack}/${type}.${name}`;
}
