import { execFileSync } from 'node:child_process';
import { preparePython } from './python-environment';

const ENVIRONMENT = { folder: '.venv-checkov', requirements: 'tests/policy/requirements.txt' };

export interface FailedCheck {
  readonly check_id: string;
  readonly check_name: string;
  readonly file_path: string;
  readonly resource: string;
}

export interface CheckovReport {
  readonly results: { readonly failed_checks: readonly FailedCheck[] };
  readonly summary: { readonly passed: number; readonly failed: number; readonly parsing_errors: number };
}

/** What checkov says of the stacks in a folder. */
export function runCheckov(folder: string): CheckovReport {
  const report = execFileSync(preparePython(ENVIRONMENT), ['scripts/policies/run-checkov.py', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(report);
}
