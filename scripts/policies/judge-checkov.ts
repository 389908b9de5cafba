import type { CheckovReport, FailedCheck } from './checkov';
import { type PolicyException, readPolicyExceptions, speaksOf } from './policy-exceptions';
import type { Stacks, SynthesizedStacks } from './synthesized-stacks';

const OF_CHECKOV = /^CKV/;
/** Fewer checks than this say that checkov has not read the stacks. */
const FEWEST_CHECKS = 100;

interface Failure extends FailedCheck {
  readonly address: string;
}

/**
 * What is wrong with a report of checkov, as sentences: checks that fail without a reason in the exceptions, and reasons for
 * checks of checkov that do not fail.
 */
export function judgeCheckov(
  { results, summary }: CheckovReport,
  { stacks, environments }: SynthesizedStacks,
): string[] {
  const exceptions = readPolicyExceptions();
  const failures = results.failed_checks.map((check) => ({ ...check, address: addressOf(check, stacks) }));
  const excuses = (exception: PolicyException, { check_id, address }: Failure) =>
    exception.controls.includes(check_id) && speaksOf(exception, address, environments);
  const unexcused = failures.filter((failure) => !exceptions.some((one) => excuses(one, failure)));
  const unneeded = exceptions.flatMap((exception) =>
    exception.controls
      .filter((id) => OF_CHECKOV.test(id))
      .filter((id) => !failures.some((failure) => failure.check_id === id && excuses(exception, failure)))
      .map((id) => `${exception.resource} has a reason for ${id}, which does not fail`),
  );
  return [...unread(summary), ...unexcused.map(tellFailure), ...unneeded];
}

function unread({ passed, failed, parsing_errors }: CheckovReport['summary']): readonly string[] {
  if (parsing_errors > 0) return [`checkov could not read ${parsing_errors} stacks`];
  return passed + failed < FEWEST_CHECKS ? [`checkov made only ${passed + failed} checks`] : [];
}

function tellFailure({ address, check_id, check_name }: Failure): string {
  return `${address} fails ${check_id} without a reason: ${check_name}`;
}

/** checkov names some resources without their type, which the stack knows. */
function addressOf({ file_path, resource }: FailedCheck, stacks: Stacks): string {
  const stack = file_path.split('/').at(-2) ?? '';
  const name = resource.split('.').at(-1) ?? '';
  const types = Object.entries(stacks.get(stack)?.resource ?? {});
  const type = types.find(([, byName]) => name in byName)?.[0] ?? 'unknown';
  return `${stack}/${type}.${name}`;
}
