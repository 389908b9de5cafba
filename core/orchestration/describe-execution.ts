import { MessagingError } from '../errors';
import type { Clock } from '../ports/clock';
import type { Execution, Executions } from '../ports/executions';

/** Which executions run, or have a name, is known some time before each can be described. */
export const DESCRIBE_TRIES = 6;
export const DESCRIBE_PAUSE_MS = 2_000;

export interface DescribingParts {
  readonly executions: Pick<Executions, 'find'>;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** One that is known to be there. @throws MessagingError when it cannot be described even after a while */
export async function describeExecution(
  { executions, clock, signal }: DescribingParts,
  name: string,
): Promise<Execution> {
  for (let tries = 1; ; tries += 1) {
    const found = await executions.find(name);
    if (found !== undefined) return found;
    if (tries === DESCRIBE_TRIES) break;
    await clock.sleep(DESCRIBE_PAUSE_MS, signal);
  }
  const seconds = ((DESCRIBE_TRIES - 1) * DESCRIBE_PAUSE_MS) / 1000;
  const message = `The execution ${name} is there, but was not described within ${seconds} s. Run the command again in a minute.`;
  throw new MessagingError(message, { context: { execution: name } });
}
