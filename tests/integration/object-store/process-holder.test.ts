import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { currentHolder, holderIsGone, holderState } from '../../../adapters/filesystem/process-holder';
import { buildProgram, endPrograms, runProgram } from './run-program';

const onLinux = existsSync('/proc/self/stat') ? it : it.skip;

/** This process's holder with another number, start or host. */
function altered(part: { pid?: number; started?: string; host?: string }): string {
  const [, pid, started, host] = /^(\d+)\.([^@]+)@(.+)$/.exec(currentHolder())!;
  return `${part.pid ?? pid}${part.started === '' ? '' : `.${part.started ?? started}`}@${part.host ?? host}`;
}

describe('the holder of a lock or lease', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'holder-'));
  });
  afterEach(async () => {
    await endPrograms();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is the same for as long as the process lives, and fit for a file name', () => {
    expect(currentHolder()).toBe(currentHolder());
    expect(currentHolder()).toMatch(/^[^/\\\s]{1,200}$/);
    expect(currentHolder()).toContain(String(process.pid));
  });

  it('is not gone while its process runs, and gone when that was killed', async () => {
    const other = runProgram(buildProgram('tell-holder', folder));
    const holder = await other.firstLine;

    expect(holder).not.toBe(currentHolder());
    expect(holderIsGone(currentHolder())).toBe(false);
    expect(holderIsGone(holder)).toBe(false);
    other.process.kill('SIGKILL');
    await other.ended;
    expect(holderIsGone(holder)).toBe(true);
  });

  onLinux('is gone when its number now belongs to a process that started at another time', () => {
    const [boot, ticks] = /\.([0-9a-f]+)-(\d+)@/.exec(currentHolder())!.slice(1);

    expect(holderIsGone(altered({ started: `${boot}-${Number(ticks) - 1}` }))).toBe(true);
    expect(holderIsGone(altered({ started: `00000000-${ticks}` }))).toBe(true);
  });

  onLinux('is gone when its process has ended and only waits for its parent to look', async () => {
    // The shell becomes a program that never asks how its child ended.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    while (readFileSync(`/proc/${parent.pid}/comm`, 'utf8') !== 'sleep\n') await pause(5);
    process.kill(pid, 'SIGKILL');
    while (!/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) await pause(5);

    expect(holderIsGone(altered({ pid, started: '' }))).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'close');
  });

  it('is not known to be gone when nothing tells it from a later process of its number', () => {
    expect(holderState(altered({ started: '' }))).toBe('unknown');
    expect(holderIsGone(altered({ started: '' }))).toBe(false);
  });

  it('is never known to be gone when it is of another host or process namespace', async () => {
    const dead = runProgram(buildProgram('tell-holder', folder));
    await dead.firstLine;
    dead.process.kill('SIGKILL');
    await dead.ended;
    const pid = dead.process.pid!;

    expect(holderIsGone(altered({ pid }))).toBe(true);
    expect(holderIsGone(altered({ pid, host: `${altered({}).split('@')[1]}x` }))).toBe(false);
    expect(holderIsGone(altered({ pid, host: `1.${altered({}).split('@')[1]}` }))).toBe(false);
  });

  it.each(['', 'x', '0@h', '-1@h', '12', '@', 'not a holder', '99999999999999999999@h'])(
    'is not known to be gone when it cannot be read: %j',
    (text) => {
      expect(holderIsGone(text)).toBe(false);
      expect(holderIsGone(text.replace('@h', `@${altered({}).split('@')[1]}`))).toBe(false);
    },
  );
});
