import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../../shared/data/open-meteo');

/** Names of the recorded answers, folder included; none where the folder is missing, which is said once per test file. */
export function recordedNames(): string[] {
  if (!existsSync(FOLDER)) {
    process.stderr.write(`Skipped: there are no recorded answers in ${FOLDER}.\n`);
    return [];
  }
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.json')).sort();
}

export function recordedBytes(name: string): Uint8Array {
  return readFileSync(resolve(FOLDER, name));
}
