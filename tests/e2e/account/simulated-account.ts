import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { preparePython, SIMULATOR } from './python-environment';

const START_MS = 60_000;
const SHOWN_CHARACTERS = 8000;
/** A request that went well, or was refused in good order. */
const SERVED = /^.*" [1-4]\d\d -\n/gm;

/** Credentials of whoever is not a function's role. */
export const ACCOUNT_KEYS = { accessKeyId: 'test', secretAccessKey: 'test' };
export const ACCOUNT_ID = '123456789012';

/** What a role of the account did. */
export interface RoleCall {
  /** Its ARN. */
  readonly role: string;
  /** As `s3:PutObject`. */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** Of s3:ListBucket: the `s3:prefix` of the request; `null` where it has none. */
  readonly prefix?: string | null;
}

/** The simulated account in a process of its own, which ends with this one. */
export class SimulatedAccount {
  private printed = '';

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {
    process.stderr?.on('data', (chunk: Buffer) => {
      this.printed = (this.printed + chunk.toString()).replace(SERVED, '').slice(-SHOWN_CHARACTERS);
    });
  }

  /** Its address, set when it has started. */
  endpoint = '';

  static async start(): Promise<SimulatedAccount> {
    const python = await preparePython();
    const folder = mkdtempSync(join(tmpdir(), 'account-'));
    const args = [join(SIMULATOR, 'start.py'), '--node', process.execPath, '--calls', join(folder, 'calls')];
    const child = spawn(python, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    const account = new SimulatedAccount(child, folder);
    try {
      account.endpoint = await account.firstLine();
      return account;
    } catch (error) {
      await account.stop();
      throw error;
    }
  }

  /** Everything that roles did so far, in order. */
  calls(): RoleCall[] {
    const path = join(this.folder, 'calls');
    if (!existsSync(path)) return [];
    return readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): RoleCall => JSON.parse(line));
  }

  /** The end of what it said of its own troubles: an action that it does not know is named here. */
  troubles(): string {
    return this.printed;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const closed = once(this.process, 'close');
      this.process.kill('SIGTERM');
      await closed;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async firstLine(): Promise<string> {
    const lines = createInterface({ input: this.process.stdout! });
    const line = new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      this.process.once('close', () =>
        reject(new Error(`The simulated account did not start:\n${this.printed}`)),
      );
      setTimeout(() => reject(new Error('The simulated account did not start in time.')), START_MS).unref();
    });
    const { endpoint }: { endpoint: string } = JSON.parse(await line);
    return endpoint;
  }
}
