import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** `unknown`: of another host, without a start time to tell it from a later process of the same number, or no holder at all. */
export type HolderState = 'running' | 'gone' | 'unknown';

interface Holder {
  readonly pid: number;
  readonly started: string | undefined;
  readonly host: string;
}

interface ProcessStatus {
  readonly started: string | undefined;
  readonly ended: boolean;
}

const HOLDER_PATTERN = /^([1-9]\d{0,8})(?:\.([0-9a-f]+-\d+))?@(.+)$/;

let current: string | undefined;

/** This process among all that ever ran here: `<pid>.<boot>-<start>@<pid namespace>.<host>`, fit for a file name. */
export function currentHolder(): string {
  current ??= describeProcess();
  return current;
}

/** True only if the holder is of this host and its process certainly no longer runs. */
export function holderIsGone(holder: string): boolean {
  return holderState(holder) === 'gone';
}

/**
 * As {@link holderIsGone}, where processes of other machines are named too: machines may share host name and namespace, but not
 * the boot. Of a process that ran before this machine was started last it is never true.
 */
export function holderIsGoneSinceBoot(holder: string): boolean {
  const boot = bootOf(currentHolder());
  return boot !== undefined && bootOf(holder) === boot && holderIsGone(holder);
}

/** What can be told from here about the process behind {@link currentHolder}'s text. */
export function holderState(text: string): HolderState {
  if (text === currentHolder()) return 'running';
  const holder = parseHolder(text);
  if (holder === undefined || holder.host !== parseHolder(currentHolder())?.host) return 'unknown';
  if (!processExists(holder.pid)) return 'gone';
  const status = processStatus(holder.pid);
  if (status?.ended) return 'gone';
  if (status?.started === undefined || holder.started === undefined) return 'unknown';
  return status.started === holder.started ? 'running' : 'gone';
}

function bootOf(holder: string): string | undefined {
  return parseHolder(holder)?.started?.split('-')[0];
}

function describeProcess(): string {
  const started = processStatus(process.pid)?.started;
  return `${process.pid}${started === undefined ? '' : `.${started}`}@${pidNamespace()}.${encodeURIComponent(hostname())}`;
}

/** Containers can share the host's name and still number their processes on their own. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
}

function parseHolder(text: string): Holder | undefined {
  const match = HOLDER_PATTERN.exec(text);
  return match === null ? undefined : { pid: Number(match[1]), started: match[2], host: match[3]! };
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, but somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** `undefined` where /proc does not tell. */
function processStatus(pid: number): ProcessStatus | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the command in parentheses, may hold spaces and parentheses itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, threads, ticks] = [fields[0], fields[17], fields[19]];
    return { started: startTime(ticks), ended: (state === 'Z' || state === 'X') && Number(threads) <= 1 };
  } catch {
    return undefined;
  }
}

/** The kernel counts a start from its boot, so the boot is part of it: after one, a small machine repeats both pid and count. */
function startTime(ticks: string | undefined): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8);
    return ticks === undefined ? undefined : `${boot}-${ticks}`;
  } catch {
    return undefined;
  }
}
