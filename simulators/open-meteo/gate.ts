import type { ConcurrencyLimits } from './limits';
import { tooMany } from './refusal';

/** Lets a few requests run at once and a few more wait, in the order of arrival. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limits: ConcurrencyLimits) {}

  /**
   * Resolves to true when the request may run (then call `leave`), to false when its client went away while waiting.
   *
   * @throws Refusal 429 when nobody more may wait.
   */
  async enter(gone: AbortSignal): Promise<boolean> {
    if (gone.aborted) return false;
    if (this.running < this.limits.running) {
      this.running += 1;
      return true;
    }
    if (this.waiting.length >= this.limits.waiting) throw tooMany('concurrent');
    return this.queue(gone);
  }

  leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }

  private queue(gone: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const enter = () => {
        gone.removeEventListener('abort', withdraw);
        resolve(true);
      };
      const withdraw = () => {
        this.waiting.splice(this.waiting.indexOf(enter), 1);
        resolve(false);
      };
      gone.addEventListener('abort', withdraw, { once: true });
      this.waiting.push(enter);
    });
  }
}
