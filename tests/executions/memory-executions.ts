import type { Execution, ExecutionState, Executions, MapProgress } from '../../core/ports/executions';

/** A state machine that does nothing by itself: how an execution ends is said by the test. */
export class MemoryExecutions implements Executions {
  readonly started: { readonly name: string; readonly input: unknown }[] = [];
  private readonly known = new Map<string, Execution>();
  private readonly progress = new Map<string, readonly MapProgress[]>();

  /** @param endOf what becomes of one that is asked after; default: it runs on */
  constructor(private readonly endOf: (name: string) => ExecutionState = () => 'running') {}

  async find(name: string): Promise<Execution | undefined> {
    const found = this.known.get(name);
    if (found?.state === 'running') this.end(name, this.endOf(name));
    return found;
  }

  async start(name: string, input: string): Promise<boolean> {
    const found = this.known.get(name);
    if (found !== undefined) return found.state === 'running' && found.input === input;
    this.started.push({ name, input: JSON.parse(input) });
    this.known.set(name, { name, state: 'running', input, startedAt: 0 });
    return true;
  }

  async running(): Promise<readonly string[]> {
    return [...this.known.values()].filter(({ state }) => state === 'running').map(({ name }) => name);
  }

  async maps(name: string): Promise<readonly MapProgress[]> {
    return this.progress.get(name) ?? [];
  }

  end(name: string, state: ExecutionState): void {
    const reason = { name: 'SourceRejectedError', message: 'refused' };
    this.known.set(name, { ...this.known.get(name)!, state, ...(state === 'failed' ? { reason } : {}) });
  }

  advance(name: string, maps: readonly MapProgress[]): void {
    this.progress.set(name, maps);
  }
}
