import { firstOf, LONGEST_SENTENCE, messageText, oneLine } from './message-text';

/** Facts that help to find the cause: names, keys, counts. Never a secret, never a payload. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

export interface IngestErrorOptions {
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/**
 * Base of every error this project raises on purpose. `name` is a contract: logs, alarms and exit codes go by it. The message is
 * bounded and holds no control character but the ends of its lines.
 */
export abstract class IngestError extends Error {
  abstract override readonly name: string;
  /** Whether the same call may succeed later without anything being changed. */
  abstract readonly retryable: boolean;
  readonly context: ErrorContext;

  constructor(message: string, options: IngestErrorOptions = {}) {
    super(messageText(message), options.cause === undefined ? undefined : { cause: options.cause });
    this.context = options.context ?? {};
  }
}

/** One mistake in a configuration: where, what was received, and the way out. */
export interface ConfigProblem {
  readonly path: string;
  readonly message: string;
  readonly received?: string;
  /** What a tool says of it beside the message, in lines of its own. */
  readonly details?: readonly string[];
}

/**
 * The pipeline file, the command line or the dates asked for are wrong. `problems` has every mistake; the message shows the first
 * 20 and counts the others.
 */
export class ConfigError extends IngestError {
  override readonly name = 'ConfigError';
  override readonly retryable = false;
  readonly problems: readonly ConfigProblem[];

  constructor(subject: string, problems: readonly ConfigProblem[], options: IngestErrorOptions = {}) {
    super([oneLine(subject), ...problemLines(problems)].join('\n'), options);
    this.problems = problems;
  }
}

function problemLines(problems: readonly ConfigProblem[]): readonly string[] {
  return firstOf(problems.map(describeProblem), (rest) => `  - and ${rest} more; correct these first`);
}

function describeProblem({ path, message, received, details = [] }: ConfigProblem): string {
  const place = path === '' ? '' : `${oneLine(path)}: `;
  const shown = received === undefined ? '' : ` (received ${oneLine(received)})`;
  const first = `  - ${place}${oneLine(message, LONGEST_SENTENCE)}${shown}`;
  return [first, ...details.map((line) => `    ${oneLine(line, LONGEST_SENTENCE)}`.trimEnd())].join('\n');
}

/**
 * The source did not answer, answered in part, or refused for now. `context.retry_at` says when, if known (ISO 8601, UTC);
 * `context.outage` is true where no window of a quota is the reason.
 */
export class SourceUnavailableError extends IngestError {
  override readonly name = 'SourceUnavailableError';
  override readonly retryable = true;
}

/** The source refused the request for good: asking again changes nothing. */
export class SourceRejectedError extends IngestError {
  override readonly name = 'SourceRejectedError';
  override readonly retryable = false;
}

/** The source answered, but not what its contract promises. The raw body is kept. */
export class SourceContractError extends IngestError {
  override readonly name = 'SourceContractError';
  override readonly retryable = false;
}

/** The answer is well formed, but its values are past the pipeline's limits. The former version stays published. */
export class DataQualityError extends IngestError {
  override readonly name = 'DataQualityError';
  override readonly retryable = false;
}

/** The object store failed, or lacks an object that must be there. */
export class StorageError extends IngestError {
  override readonly name = 'StorageError';
  override readonly retryable = true;
}

/** An object of the lake is gone or is not what was written. The store itself works: another object may take its place. */
export class DamagedObjectError extends StorageError {}

/** A conditional write lost: the object exists, is gone, or is another version. */
export class PreconditionFailedError extends IngestError {
  override readonly name = 'PreconditionFailedError';
  override readonly retryable = false;
}

/** Another run holds the lease of this pipeline and date. */
export class LeaseHeldError extends IngestError {
  override readonly name = 'LeaseHeldError';
  override readonly retryable = true;
}

/** The run was told to end before it was done, since whoever runs it must soon. What it published stays published. */
export class DeadlineExceededError extends IngestError {
  override readonly name = 'DeadlineExceededError';
  override readonly retryable = true;
}

/** A queue or a state machine could not be told something. */
export class MessagingError extends IngestError {
  override readonly name = 'MessagingError';
  override readonly retryable = true;
}
