import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requirePython } from './required-programs';
import { PROJECT, runCommand } from './run-command';

const FOLDER = join(PROJECT, '.venv/simulated-account');

export const SIMULATOR = join(PROJECT, 'simulators/aws');

/**
 * A Python with what the simulated account needs, in a virtual environment of the project's own; made anew when the
 * requirements change.
 *
 * @returns the path of its interpreter
 */
export async function preparePython(): Promise<string> {
  const requirements = join(SIMULATOR, 'requirements.txt');
  const python = join(FOLDER, 'bin/python');
  const marker = join(FOLDER, 'requirements.sha256');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return python;
  await requirePython();
  rmSync(FOLDER, { recursive: true, force: true });
  await runCommand({ program: 'python3', args: ['-m', 'venv', FOLDER] });
  await runCommand({ program: python, args: ['-m', 'pip', 'install', '--quiet', '-r', requirements] });
  writeFileSync(marker, hash);
  return python;
}
