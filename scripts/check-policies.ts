import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCheckov } from './policies/checkov';
import { judgeCheckov } from './policies/judge-checkov';
import { judgePolicies } from './policies/reference/judge-policies';
import { readReference } from './policies/reference/service-reference';
import { type SynthesizedStacks, synthesizeStacks } from './policies/synthesized-stacks';

/**
 * Checks the Terraform of every stack of every environment of the repository, and of one environment of every kind: every
 * action of every policy is held to AWS's service authorization reference, and checkov is run. Each failed check of checkov
 * needs a reason in resources/policy-exceptions.json, and each reason there that names one needs one that fails.
 */
const outdir = mkdtempSync(join(tmpdir(), 'policies-'));
try {
  const synthesized = synthesizeStacks(outdir);
  const problems = [...checkActions(synthesized), ...checkStacks(join(outdir, 'stacks'), synthesized)];
  process.stderr.write(problems.map((problem) => `  - ${problem}\n`).join(''));
  if (problems.length > 0) process.exitCode = 1;
} finally {
  rmSync(outdir, { recursive: true, force: true });
}

function checkActions({ stacks }: SynthesizedStacks): string[] {
  const { actions, problems } = judgePolicies(stacks, readReference());
  process.stdout.write(
    `service authorization reference: ${actions} actions, ${problems.length} problems in ${stacks.size} stacks\n`,
  );
  return problems.map(({ address, problem }) => `${address}: ${problem}`);
}

function checkStacks(folder: string, synthesized: SynthesizedStacks): string[] {
  const report = runCheckov(folder);
  const { passed, failed } = report.summary;
  process.stdout.write(`checkov: ${passed} checks passed, ${failed} failed\n`);
  return judgeCheckov(report, synthesized);
}
