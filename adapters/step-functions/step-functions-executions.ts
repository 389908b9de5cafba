import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ExecutionStatus,
  ListMapRunsCommand,
  paginateListExecutions,
  paginateListStateMachines,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { accessProblem, failureName } from '../../core/aws-failure';
import { MessagingError } from '../../core/errors';
import type { Execution, ExecutionState, Executions, MapProgress } from '../../core/ports/executions';

/** All attempts of one call. */
const CALL_TIMEOUT_MS = 15_000;
const RUNNING: ReadonlySet<string> = new Set([ExecutionStatus.RUNNING, ExecutionStatus.PENDING_REDRIVE]);

/** The ARN of the state machine of a name; `undefined` when there is none. @throws MessagingError */
export async function findStateMachine(client: SFNClient, name: string): Promise<string | undefined> {
  return told('states:ListStateMachines', async () => {
    for await (const { stateMachines = [] } of paginateListStateMachines({ client }, {})) {
      const found = stateMachines.find((machine) => machine.name === name);
      if (found !== undefined) return found.stateMachineArn;
    }
    return undefined;
  });
}

/** The executions of a state machine, standard ones: their names are kept for 90 days. */
export class StepFunctionsExecutions implements Executions {
  constructor(
    private readonly client: SFNClient,
    private readonly stateMachineArn: string,
  ) {}

  find(name: string): Promise<Execution | undefined> {
    return told('states:DescribeExecution', async () => {
      const command = new DescribeExecutionCommand({ executionArn: this.arnOf(name) });
      const found = await this.client.send(command, inTime()).catch(ifNamed('ExecutionDoesNotExist'));
      if (found === undefined) return undefined;
      const state = stateOf(found.status);
      return {
        name,
        state,
        input: found.input ?? '{}',
        startedAt: found.startDate?.getTime() ?? 0,
        ...(state === 'failed' ? { reason: reasonOf(found) } : {}),
      };
    });
  }

  start(name: string, input: string): Promise<boolean> {
    return told('states:StartExecution', async () => {
      const command = new StartExecutionCommand({ stateMachineArn: this.stateMachineArn, name, input });
      const started = await this.client.send(command, inTime()).catch(ifNamed('ExecutionAlreadyExists'));
      return started !== undefined;
    });
  }

  running(): Promise<readonly string[]> {
    return told('states:ListExecutions', async () => {
      const names: string[] = [];
      const question = { stateMachineArn: this.stateMachineArn, statusFilter: ExecutionStatus.RUNNING };
      for await (const { executions = [] } of paginateListExecutions({ client: this.client }, question)) {
        names.push(...executions.map(({ name }) => name!));
      }
      return names;
    });
  }

  maps(name: string): Promise<readonly MapProgress[]> {
    return told('states:ListMapRuns', async () => {
      const command = new ListMapRunsCommand({ executionArn: this.arnOf(name) });
      const { mapRuns = [] } = await this.client.send(command, inTime());
      const begun = [...mapRuns].sort((a, b) => startOf(a) - startOf(b));
      return Promise.all(begun.map(({ mapRunArn }) => this.progressOf(mapRunArn!)));
    });
  }

  private async progressOf(mapRunArn: string): Promise<MapProgress> {
    const { itemCounts } = await this.client.send(new DescribeMapRunCommand({ mapRunArn }), inTime());
    const { total = 0, succeeded = 0, failed = 0, timedOut = 0, aborted = 0 } = itemCounts ?? {};
    return { total, done: succeeded + failed + timedOut + aborted };
  }

  private arnOf(name: string): string {
    return `${this.stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }
}

function stateOf(status: string | undefined): ExecutionState {
  if (status === ExecutionStatus.SUCCEEDED) return 'succeeded';
  return status === undefined || RUNNING.has(status) ? 'running' : 'failed';
}

interface Ending {
  readonly status?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

function reasonOf({ status, error, cause }: Ending) {
  return {
    name: error ?? `Execution${status}`,
    message: messageOf(cause) ?? `The execution ended as ${status}.`,
  };
}

/** The cause of a function's error is JSON with the message in it. */
function messageOf(cause: string | undefined): string | undefined {
  try {
    const { errorMessage } = JSON.parse(cause ?? '') as { errorMessage?: unknown };
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}

function startOf({ startDate }: { readonly startDate?: Date | undefined }): number {
  return startDate?.getTime() ?? 0;
}

function ifNamed(expected: string): (error: unknown) => undefined {
  return (error) => {
    if ((error as Error).name === expected) return undefined;
    throw error;
  };
}

/** What the service answered is told by its name, never attached: an answer to a wrong signature repeats what was signed. */
async function told<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    const problem = accessProblem(error);
    if (problem !== undefined) throw problem;
    const name = failureName(error);
    const message = `Step Functions refused or did not answer (${action}: ${name}). Whoever asks needs ${action} on the state machine.`;
    throw new MessagingError(message, { context: { action, error_name: name } });
  }
}

function inTime() {
  return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
}
