import type { Clock } from '../ports/clock';
import type { Executions } from '../ports/executions';
import { describeExecution } from './describe-execution';

export interface ExecutionToStart {
  /** Follows from what it is to do, so that starting it twice is starting it once. */
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Whether one that succeeded is to be done anew. */
  readonly again: boolean;
}

export interface Started {
  readonly name: string;
  /** `done`: one of this name has succeeded before. */
  readonly how: 'started' | 'running' | 'done';
}

export interface StartingParts {
  readonly executions: Pick<Executions, 'find' | 'start'>;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/**
 * Starts an execution unless one that does the same runs, or has succeeded. What failed before gets a number after its name:
 * a name is used once. @throws MessagingError
 */
export async function startOnce(
  parts: StartingParts,
  { name: base, input, again }: ExecutionToStart,
): Promise<Started> {
  const { executions } = parts;
  for (let attempt = 1; ; attempt += 1) {
    const name = attempt === 1 ? base : `${base}-${attempt}`;
    let found = await executions.find(name);
    if (found === undefined) {
      if (await executions.start(name, JSON.stringify(input))) return { name, how: 'started' };
      // Somebody else was faster.
      found = await describeExecution(parts, name);
    }
    if (found.state === 'running') return { name, how: 'running' };
    if (found.state === 'succeeded' && !again) return { name, how: 'done' };
  }
}
