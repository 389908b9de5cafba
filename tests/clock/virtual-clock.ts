import type { Clock } from '../../core/ports/clock';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/**
 * A clock that nobody waits for: it stands still until somebody sleeps, and then jumps to the moment the first sleeper wakes.
 *
 * Sleepers wake in the order of their moments, one per turn of the event loop, so that whoever was woken can run, and sleep again,
 * before a later one wakes. Work without sleep (disk, network) takes no time of this clock.
 */
export class VirtualClock implements Clock {
  /** Every sleep asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  private readonly sleepers: Sleeper[] = [];
  private turn: NodeJS.Immediate | undefined;
  private time = 0;
  /** What the time of day is at the beginning of elapsed time. */
  private epoch: number;

  /** @param time where it starts: milliseconds since the epoch, or a date as text */
  constructor(time: number | string = '2026-01-01T00:00:00Z') {
    this.epoch = typeof time === 'number' ? time : Date.parse(time);
  }

  now(): number {
    return this.epoch + this.time;
  }

  elapsed(): number {
    return this.time;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.sleeps.push(milliseconds);
    return new Promise((resolve, reject) => {
      const wake = () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const sleeper = { wakesAt: this.time + Math.max(0, milliseconds), wake };
      const onAbort = () => {
        this.sleepers.splice(this.sleepers.indexOf(sleeper), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.enqueue(sleeper);
    });
  }

  /** Lets time pass without anybody sleeping; whoever's moment has passed wakes in the coming turns. */
  advance(milliseconds: number): void {
    this.time += milliseconds;
  }

  /** Sets the time of day forth, or back when negative. No time passes by it. */
  setForth(milliseconds: number): void {
    this.epoch += milliseconds;
  }

  /** Keeps the order of moments; of equal ones, who came first wakes first. */
  private enqueue(sleeper: Sleeper): void {
    const later = this.sleepers.findIndex(({ wakesAt }) => wakesAt > sleeper.wakesAt);
    this.sleepers.splice(later === -1 ? this.sleepers.length : later, 0, sleeper);
    this.turn ??= setImmediate(() => this.wakeFirst());
  }

  private wakeFirst(): void {
    this.turn = undefined;
    const first = this.sleepers.shift();
    if (first === undefined) return;
    this.time = Math.max(this.time, first.wakesAt);
    first.wake();
    if (this.sleepers.length > 0) this.turn = setImmediate(() => this.wakeFirst());
  }
}
