/** Ctrl-C, or a polite request to stop. */
export class Interruption {
  private readonly controller = new AbortController();
  private describe: () => string = () =>
    'What is published stays as it is; run the same command again to go on.';
  private readonly stop = () => this.controller.abort(new InterruptedError(this.describe()));

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Resolves when the command is told to stop. */
  readonly happened = new Promise<void>((resolve) => {
    this.controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });

  /** @param describe called when the command is told to stop: clears the terminal and says what is done and how to go on */
  onStop(describe: () => string): void {
    this.describe = describe;
  }

  /**
   * The work's result, or InterruptedError as soon as the command is told to stop. Work is not waited for then: a lake
   * bears being left at any point, and what is under way may take minutes.
   */
  async guard<T>(work: () => Promise<T>): Promise<T> {
    const stopped = this.happened.then((): never => {
      throw this.signal.reason;
    });
    return this.listen(() => Promise.race([work(), stopped]));
  }

  /** Lets the signal reach the work, which ends by itself then. */
  async listen<T>(work: () => Promise<T>): Promise<T> {
    process.on('SIGINT', this.stop).on('SIGTERM', this.stop);
    try {
      return await work();
    } finally {
      process.off('SIGINT', this.stop).off('SIGTERM', this.stop);
    }
  }
}

export class InterruptedError extends Error {
  override readonly name = 'InterruptedError';

  /** @param state a sentence: what is done, and how to go on */
  constructor(state: string) {
    super(`Interrupted. ${state}`);
  }
}
