/** Why a task failed: `name` is what retries and catches go by. */
export interface TaskFailure {
  readonly name: string;
  readonly message: string;
}

/**
 * Tasks of a state machine that wait for somebody to say how they ended. Each call tells whether the task still waited: one
 * that timed out, or whose execution was stopped, waits no more.
 *
 * @throws MessagingError when the state machine cannot be told
 */
export interface TaskTokens {
  succeed(token: string): Promise<boolean>;
  fail(token: string, failure: TaskFailure): Promise<boolean>;
}
