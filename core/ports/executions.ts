export type ExecutionState = 'running' | 'succeeded' | 'failed';

/** One run of the state machine. */
export interface Execution {
  readonly name: string;
  readonly state: ExecutionState;
  /** JSON, as it was started with. */
  readonly input: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Of one that failed. */
  readonly reason?: { readonly name: string; readonly message: string };
}

/** How far a map of an execution is. */
export interface MapProgress {
  readonly total: number;
  readonly done: number;
}

/** The runs of one state machine. @throws MessagingError when it cannot be asked */
export interface Executions {
  /** `undefined` when there is none of the name, or it ended months ago. */
  find(name: string): Promise<Execution | undefined>;
  /** False when another one has had the name. Starting one twice with the same input is starting it once. */
  start(name: string, input: string): Promise<boolean>;
  /** Names of those that run. */
  running(): Promise<readonly string[]>;
  /** In the order in which the maps began. */
  maps(name: string): Promise<readonly MapProgress[]>;
}
