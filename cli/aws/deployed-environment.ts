import { type Environment, resourcePrefix } from '../../core/environment/environment';
import type { Pipeline } from '../../core/pipeline/pipeline';
import type { Executions } from '../../core/ports/executions';
import type { LetterBox } from '../../core/ports/letter-box';
import type { ObjectStore } from '../../core/ports/object-store';

/** An orchestrated environment that is deployed, as far as the command has to do with it. */
export interface DeployedEnvironment {
  /** Name of its file. */
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly raw: ObjectStore;
  readonly processed: ObjectStore;
  /** Whether its source is the real one. */
  readonly live: boolean;
  /** Address of the lake, as `--lake` takes it. */
  readonly lake: string;
  readonly executions: Executions;
  readonly buffer: LetterBox;
  readonly deadLetters: LetterBox;
}

export interface ResourceNames {
  readonly region: string;
  /** The account that the environment names, if it does. */
  readonly accountId: string | undefined;
  readonly stateMachine: string;
  readonly buffer: string;
  readonly deadLetters: string;
  /** The account's number is the rest of a bucket's name. */
  readonly rawBucket: string;
  readonly processedBucket: string;
}

export function namesOf(environment: Environment): ResourceNames {
  const prefix = resourcePrefix(environment);
  return {
    region: environment.region,
    accountId: environment.account_id,
    stateMachine: `${prefix}ingest`,
    buffer: `${prefix}requests.fifo`,
    deadLetters: `${prefix}requests-dead.fifo`,
    rawBucket: `${prefix}raw-`,
    processedBucket: `${prefix}processed-`,
  };
}
