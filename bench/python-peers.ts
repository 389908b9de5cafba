import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PEERS = resolve(__dirname, '../bench/peers');
const ENVIRONMENT = resolve(__dirname, '../.venv/bench-peers');

export interface PeerTiming {
  readonly name: string;
  readonly median: number;
  readonly bytes: number;
}

/** pyarrow + orjson and Polars on the same text, in an environment that is made on first use from pinned requirements. */
export function pythonPeers(folder: string, runs: number): PeerTiming[] {
  const python = join(ENVIRONMENT, 'bin/python');
  if (!existsSync(python)) {
    execFileSync('python3', ['-m', 'venv', ENVIRONMENT], { stdio: 'inherit' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', join(PEERS, 'requirements.txt')], {
      stdio: 'inherit',
    });
  }
  const output = execFileSync(python, [join(PEERS, 'json_to_parquet.py'), folder, String(runs)], {
    encoding: 'utf8',
  });
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as PeerTiming);
}
