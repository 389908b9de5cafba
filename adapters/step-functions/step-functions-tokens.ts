import { SendTaskFailureCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { failureName } from '../../core/aws-failure';
import { MessagingError } from '../../core/errors';
import type { TaskFailure, TaskTokens } from '../../core/ports/task-tokens';

/** Tries of one call, the first included; the SDK waits between them. */
const MAX_ATTEMPTS = 4;
/** All attempts of one call. */
const CALL_TIMEOUT_MS = 15_000;
/** What Step Functions takes. */
const MAX_NAME_LENGTH = 256;
const MAX_CAUSE_LENGTH = 32_768;

/** The task timed out, or its execution is over. A token that was never given out looks the same. */
const GONE: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/** Tasks of Step Functions that wait for their token. What they return is empty: outputs of a map's children add up. */
export class StepFunctionsTokens implements TaskTokens {
  readonly #client: SFNClient;

  /** The endpoint may be set in `AWS_ENDPOINT_URL`, as the SDK has it. */
  constructor(client: SFNClient = new SFNClient({ retryMode: 'standard', maxAttempts: MAX_ATTEMPTS })) {
    this.#client = client;
  }

  succeed(token: string): Promise<boolean> {
    const command = new SendTaskSuccessCommand({ taskToken: token, output: '{}' });
    return this.#tell('states:SendTaskSuccess', () => this.#client.send(command, inTime()));
  }

  fail(token: string, { name, message }: TaskFailure): Promise<boolean> {
    const command = new SendTaskFailureCommand({
      taskToken: token,
      error: name.slice(0, MAX_NAME_LENGTH),
      cause: message.slice(0, MAX_CAUSE_LENGTH),
    });
    return this.#tell('states:SendTaskFailure', () => this.#client.send(command, inTime()));
  }

  /** What the service answered is told by its name, never attached: an answer to a wrong signature repeats what was signed. */
  async #tell(action: string, send: () => Promise<unknown>): Promise<boolean> {
    try {
      await send();
      return true;
    } catch (error) {
      const name = failureName(error);
      if (GONE.has(name)) return false;
      const wayOut = name.includes('Denied')
        ? `The role needs ${action} on the state machine.`
        : 'Try again later.';
      const message = `Step Functions refused or did not answer (${action}: ${name}). ${wayOut}`;
      throw new MessagingError(message, { context: { action, error_name: name } });
    }
  }
}

function inTime() {
  return { abortSignal: AbortSignal.timeout(CALL_TIMEOUT_MS) };
}
