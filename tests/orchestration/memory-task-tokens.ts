import type { Clock } from '../../core/ports/clock';
import type { TaskFailure, TaskTokens } from '../../core/ports/task-tokens';

/** How a task ended. */
export type TaskEnd = 'succeeded' | 'timed_out' | TaskFailure;

/** Tasks that wait, as Step Functions has them. */
export class MemoryTaskTokens implements TaskTokens {
  readonly ends = new Map<string, TaskEnd>();
  /** By token: the instant at which a task that waits times out. */
  private readonly waiting = new Map<string, number>();
  private issued = 0;

  constructor(private readonly clock: Clock) {}

  issue(timeoutSeconds: number): string {
    const token = `token-${++this.issued}`;
    this.waiting.set(token, this.clock.now() + timeoutSeconds * 1000);
    return token;
  }

  async succeed(token: string): Promise<boolean> {
    return this.end(token, 'succeeded');
  }

  async fail(token: string, failure: TaskFailure): Promise<boolean> {
    return this.end(token, failure);
  }

  isWaiting(token: string): boolean {
    return this.waiting.has(token);
  }

  /** When the next of the waiting tasks times out. */
  nextMoment(): number | undefined {
    return this.waiting.size === 0 ? undefined : Math.min(...this.waiting.values());
  }

  expire(): void {
    for (const [token, until] of this.waiting) if (until <= this.clock.now()) this.end(token, 'timed_out');
  }

  private end(token: string, end: TaskEnd): boolean {
    if (!this.waiting.delete(token)) return false;
    this.ends.set(token, end);
    return true;
  }
}
