import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';

const ROOT = resolve(__dirname, '../../..');
/** Inside the package, so that the bundle finds its packages and its folder. */
const CACHE = join(ROOT, 'node_modules/.cache');

export interface Ended {
  /** `null` when a signal ended the process. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CallOptions {
  readonly stdin?: string;
  /** Over those of the tests' own process; one that is undefined is not there. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

type Running = ChildProcessByStdio<null, Readable, Readable>;

/** The command as it is installed, in a folder of its own. */
export class BuiltCommand {
  private constructor(
    private readonly dist: string,
    /** Where it runs; removed in the end. */
    readonly folder: string,
  ) {}

  static async build(): Promise<BuiltCommand> {
    await mkdir(CACHE, { recursive: true });
    const dist = await mkdtemp(join(CACHE, 'cli-'));
    await promisify(execFile)(process.execPath, [join(ROOT, 'scripts/build.mjs'), '--outdir', dist]);
    return new BuiltCommand(dist, await mkdtemp(join(tmpdir(), 'ingest-weather-')));
  }

  async remove(): Promise<void> {
    for (const folder of [this.dist, this.folder]) await rm(folder, { recursive: true, force: true });
  }

  /** The words that start it, for a shell. */
  words(args: readonly string[]): string[] {
    return [process.execPath, join(this.dist, 'ingest-weather.js'), ...args];
  }

  /** Runs it to its end. */
  call(args: readonly string[], { stdin = '', env = {} }: CallOptions = {}): Promise<Ended> {
    return this.callBundle('ingest-weather', args, { stdin, env });
  }

  callBundle(
    bundle: string,
    args: readonly string[],
    { stdin = '', env = {} }: CallOptions = {},
  ): Promise<Ended> {
    const child = spawn(process.execPath, [join(this.dist, `${bundle}.js`), ...args], {
      cwd: this.folder,
      env: { ...cleanEnvironment(), ...env },
    });
    child.stdin.end(stdin);
    return endOf(child);
  }

  /** Runs it with its standard output in a file. */
  async callInto(path: string, args: readonly string[]): Promise<Omit<Ended, 'stdout'>> {
    const out = await open(path, 'w');
    const child = spawn(process.execPath, [join(this.dist, 'ingest-weather.js'), ...args], {
      cwd: this.folder,
      env: cleanEnvironment(),
      stdio: ['ignore', out.fd, 'pipe'],
    });
    const ended = new Promise<number | null>((resolveEnd) => child.on('close', resolveEnd));
    const [stderr, code] = await Promise.all([text(child.stderr!), ended]);
    await out.close();
    return { code, stderr };
  }

  /** Starts it and leaves it running. */
  start(
    args: readonly string[],
    { env = {} }: Pick<CallOptions, 'env'> = {},
  ): { readonly child: Running; readonly ended: Promise<Ended> } {
    const child = spawn(process.execPath, [join(this.dist, 'ingest-weather.js'), ...args], {
      cwd: this.folder,
      env: { ...cleanEnvironment(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { child, ended: endOf(child) };
  }

  /** A file in the folder. Returns its path. */
  async write(name: string, content: string | Uint8Array | object): Promise<string> {
    const path = join(this.folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    const isData = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(path, isData ? content : JSON.stringify(content));
    return path;
  }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const { OPEN_METEO_API_KEY: _, ...env } = process.env;
  return env;
}

function endOf(child: ChildProcessByStdio<Writable | null, Readable, Readable>): Promise<Ended> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  return new Promise((resolveEnd, reject) => {
    child.on('error', reject);
    child.on('close', (code) =>
      resolveEnd({
        code,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads what the command promises, and fails where it is not there
export type Document = any;

/** Standard output as the one JSON object that it must be. */
export function documentOf({ stdout }: Ended): Document {
  const lines = stdout.trimEnd().split('\n');
  if (lines.length !== 1) throw new Error(`${lines.length} lines on standard output:\n${stdout}`);
  const document: unknown = JSON.parse(stdout);
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new Error(`Not an object: ${stdout}`);
  return document;
}

/** Standard error as the JSON lines that it must be. */
export function logsOf({ stderr }: Ended): Document[] {
  return stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
