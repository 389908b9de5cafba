import type { PlannedRuns } from '../orchestration/planned-runs';
import type { Pipeline } from '../pipeline/pipeline';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { MessageQueue } from '../ports/message-queue';
import type { ObjectStore } from '../ports/object-store';
import type { TaskTokens } from '../ports/task-tokens';
import type { WeatherSource } from '../ports/weather-source';

/** What the messages of a pipeline are handled with. */
export interface MessageParts {
  readonly runs: PlannedRuns;
  /** Name of the pipeline whose runs these are. */
  readonly pipelineName: string;
  readonly processed: ObjectStore;
  readonly sourceOf: (pipeline: Pipeline) => Promise<WeatherSource>;
  readonly buffer: MessageQueue;
  readonly deadLetters: Pick<MessageQueue, 'send'>;
  readonly tokens: TaskTokens;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
}
