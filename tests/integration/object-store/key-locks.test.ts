import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DurableFolders } from '../../../adapters/filesystem/durable-folders';
import { KeyLocks } from '../../../adapters/filesystem/key-locks';
import { currentHolder } from '../../../adapters/filesystem/process-holder';
import { TemporaryFiles } from '../../../adapters/filesystem/temporary-files';
import { StorageError } from '../../../core/errors';
import { buildProgram, endPrograms, runProgram } from './run-program';

const KEY = 'leases/k';
const PATIENCE_MS = 40;
const ELSEWHERE = '12.00000000-34@1.another-host';

describe('the lock of a key', () => {
  let root: string;
  let locks: KeyLocks;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'locks-'));
    const folders = new DurableFolders(root);
    locks = new KeyLocks(join(root, '.locks'), folders, new TemporaryFiles(join(root, '.tmp'), folders));
  });
  afterEach(async () => {
    await endPrograms();
    rmSync(root, { recursive: true, force: true });
  });

  function lockFile(number: number): string {
    mkdirSync(join(root, '.locks'), { recursive: true });
    return join(root, '.locks', `${createHash('sha256').update(KEY).digest('hex')}-${number}`);
  }

  function lockOf(holder: string, number: number, ageMs = 0): string {
    const time = new Date(Date.now() - ageMs);
    writeFileSync(lockFile(number), holder);
    utimesSync(lockFile(number), time, time);
    return lockFile(number);
  }

  async function deadHolder(): Promise<string> {
    const program = runProgram(buildProgram('tell-holder', root));
    const holder = await program.firstLine;
    program.process.kill('SIGKILL');
    await program.ended;
    return holder;
  }

  it('is there while the work is done and gone after it, also when the work fails', async () => {
    const during = await locks.hold(KEY, () => readdirSync(join(root, '.locks')));
    const failed = locks.hold(KEY, () => {
      throw new Error('work failed');
    });

    await expect(failed).rejects.toThrow('work failed');
    expect(during).toHaveLength(1);
    expect(readdirSync(join(root, '.locks'))).toEqual([]);
  });

  it('is taken past those whose holders were killed, which stay', async () => {
    const holder = await deadHolder();
    const dead = [lockOf(holder, 0), lockOf(holder, 1)];

    const third = await locks.hold(KEY, () => existsSync(lockFile(2)));

    expect(third).toBe(true);
    expect(dead.map((path) => existsSync(path))).toEqual([true, true]);
    expect(existsSync(lockFile(2))).toBe(false);
  });

  it('is not taken past one whose holder lives, behind killed ones too', async () => {
    lockOf(await deadHolder(), 0);
    lockOf(currentHolder(), 1, 3_600_000);

    const refused = locks.hold(KEY, () => 'done', PATIENCE_MS);

    await expect(refused).rejects.toBeInstanceOf(StorageError);
    await expect(refused).rejects.toMatchObject({ retryable: true, context: { key: KEY } });
    expect(existsSync(lockFile(2))).toBe(false);
  });

  it('is waited for until its holder lets go', async () => {
    const other = lockOf(currentHolder(), 0);
    let done = false;
    const waiting = locks.hold(KEY, () => {
      done = true;
    });
    await pause(PATIENCE_MS);
    expect(done).toBe(false);

    rmSync(other);
    await waiting;

    expect(done).toBe(true);
  });

  it.each([ELSEWHERE, '', 'no holder'])(
    'of an unknown holder (%j) is taken over only when it is old',
    async (holder) => {
      lockOf(holder, 0, 30_000);
      await expect(locks.hold(KEY, () => 'done', PATIENCE_MS)).rejects.toBeInstanceOf(StorageError);

      lockOf(holder, 0, 61_000);
      await expect(locks.hold(KEY, () => 'done', PATIENCE_MS)).resolves.toBe('done');
    },
  );

  it('of an unknown holder is taken over when the clock was set back since it was taken', async () => {
    lockOf(ELSEWHERE, 0, -3_600_000);

    await expect(locks.hold(KEY, () => 'done', PATIENCE_MS)).resolves.toBe('done');
  });

  it('has the time at which it was taken', async () => {
    await locks.hold('another key', () => undefined);
    const [name] = readdirSync(join(root, '.tmp'));
    const old = new Date(Date.now() - 3_600_000);
    utimesSync(join(root, '.tmp', name!), old, old);

    const taken = await locks.hold(KEY, () => statSync(lockFile(0)).mtimeMs);

    expect(taken).toBeGreaterThan(old.getTime() + 1_800_000);
  });

  it('keeps no other key waiting', async () => {
    lockOf(currentHolder(), 0);

    await expect(locks.hold('another key', () => 'done', PATIENCE_MS)).resolves.toBe('done');
  });
});
