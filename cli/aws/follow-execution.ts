import { describeExecution } from '../../core/orchestration/describe-execution';
import type { Clock } from '../../core/ports/clock';
import type { Execution, Executions, MapProgress } from '../../core/ports/executions';

export const POLL_SECONDS = 10;

/** Requests answered or given up, and days published or failed. */
export interface ExecutionProgress {
  readonly requestsDone: number;
  readonly daysDone: number;
}

export interface Following {
  readonly executions: Pick<Executions, 'find' | 'maps'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExecutionProgress) => void;
}

/** Waits for an execution to end, and tells how far it is. @throws MessagingError when it is not there */
export async function followExecution(name: string, following: Following): Promise<Execution> {
  const { executions, clock, signal, onProgress } = following;
  for (;;) {
    const found = await describeExecution(following, name);
    onProgress(progressOf(await executions.maps(name)));
    if (found.state !== 'running') return found;
    await clock.sleep(POLL_SECONDS * 1000, signal);
  }
}

/** The maps begin in this order: over the requests, over what is to be staged, over the dates. */
function progressOf([fetch, , publish]: readonly MapProgress[]): ExecutionProgress {
  return { requestsDone: fetch?.done ?? 0, daysDone: publish?.done ?? 0 };
}
