import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

export interface RunningProgram {
  readonly process: ChildProcess;
  /** Its first line, when it comes. */
  readonly firstLine: Promise<string>;
  /** What it wrote and how it ended. */
  readonly ended: Promise<{ output: string; code: number | null; signal: NodeJS.Signals | null }>;
}

const running = new Set<RunningProgram>();

/** Bundles a program of the folder beside this file, to be run by a Node of its own. @returns its path */
export function buildProgram(name: string, folder: string): string {
  const outfile = join(folder, `${name}.js`);
  const entry = join(__dirname, 'programs', `${name}.ts`);
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return outfile;
}

export function runProgram(path: string, ...rest: readonly string[]): RunningProgram {
  const child = spawn(process.execPath, [path, ...rest], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes('\n')) resolve(output.slice(0, output.indexOf('\n')));
    });
  });
  const ended = once(child, 'close').then(([code, signal]) => ({ output, code, signal }));
  const program = { process: child, firstLine, ended };
  running.add(program);
  return program;
}

/** For the end of a test, however it ended. */
export async function endPrograms(): Promise<void> {
  for (const program of running) {
    program.process.kill('SIGKILL');
    await program.ended;
  }
  running.clear();
}
