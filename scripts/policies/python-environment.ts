import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Python 3 with its module venv; the variable PYTHON names another. */
const PYTHON = process.env.PYTHON ?? 'python3';

export interface PythonEnvironment {
  /** Folder of the virtual environment. */
  readonly folder: string;
  /** File that names each package with its version. */
  readonly requirements: string;
  /** Whether the packages are only read, so that nothing that they need to run is installed. */
  readonly readOnly?: boolean;
}

/** Python of a virtual environment that holds exactly what the requirements name; made anew when they change. */
export function preparePython(environment: PythonEnvironment): string {
  const { folder, requirements } = environment;
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const installed = join(folder, 'requirements.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  makeVirtualEnvironment(folder);
  install(python, environment);
  writeFileSync(installed, wanted);
  return python;
}

function makeVirtualEnvironment(folder: string): void {
  try {
    execFileSync(PYTHON, ['-m', 'venv', '--clear', folder], { stdio: 'inherit' });
  } catch (cause) {
    const text = `${PYTHON} made no virtual environment. The policies are checked by tools that need Python 3.9 or newer with venv; PYTHON may name it.`;
    throw new Error(text, { cause });
  }
}

function install(python: string, { requirements, readOnly = false }: PythonEnvironment): void {
  const pip = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
  try {
    execFileSync(python, readOnly ? [...pip, '--no-deps'] : pip, { stdio: 'inherit' });
  } catch (cause) {
    const text = `pip could not install what ${requirements} names. It needs PyPI, or the index that pip is configured for, when the policies are checked for the first time and after these requirements change; later checks need no network.`;
    throw new Error(text, { cause });
  }
}
