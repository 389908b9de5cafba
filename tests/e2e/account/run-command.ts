import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

export const PROJECT = resolve(__dirname, '../../..');

const MAX_OUTPUT_BYTES = 64 << 20;
const SHOWN_CHARACTERS = 8000;

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** This process's when left out. */
  readonly cwd?: string;
  /** This process's when left out. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Ending {
  readonly code: number;
  /** Standard output. */
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. @throws Error when it cannot be started */
export function runToEnd({ program, args, cwd, env }: Command): Promise<Ending> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { cwd, env, maxBuffer: MAX_OUTPUT_BYTES }, (error, output, errors) => {
      if (error === null) resolve({ code: 0, output, errors });
      else if (typeof error.code === 'number') resolve({ code: error.code, output, errors });
      else reject(error);
    });
  });
}

/** @throws Error with the end of what it printed, when it ends with another code than 0 */
export async function runCommand(command: Command): Promise<string> {
  const { code, output, errors } = await runToEnd(command);
  if (code === 0) return output;
  const printed = `${output}\n${errors}`.slice(-SHOWN_CHARACTERS);
  throw new Error(`${command.program} ${command.args.join(' ')} ended with ${code}:\n${printed}`);
}
