import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REQUIREMENTS = 'tests/policy/requirements.txt';
const VENV = '.venv-checkov';
/** Python 3 with its module venv; the variable PYTHON names another. */
const PYTHON = process.env.PYTHON ?? 'python3';

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
  const report = execFileSync(installCheckov(), ['scripts/policies/run-checkov.py', folder], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(report);
}

/** Python of a virtual environment that holds exactly what the requirements name. */
function installCheckov(): string {
  const python = join(VENV, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const installed = join(VENV, 'requirements.txt');
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  makeVirtualEnvironment();
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--requirement', REQUIREMENTS], {
    stdio: 'inherit',
  });
  writeFileSync(installed, wanted);
  return python;
}

function makeVirtualEnvironment(): void {
  try {
    execFileSync(PYTHON, ['-m', 'venv', '--clear', VENV], { stdio: 'inherit' });
  } catch (cause) {
    const text = `${PYTHON} made no virtual environment. checkov needs Python 3.9 or newer with venv; PYTHON may name it.`;
    throw new Error(text, { cause });
  }
}
