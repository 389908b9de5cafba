import * as z from 'zod';
import {
  DataQualityError,
  DeadlineExceededError,
  type ErrorContext,
  IngestError,
  type IngestErrorOptions,
  LeaseHeldError,
  MessagingError,
  PreconditionFailedError,
  SourceContractError,
  SourceRejectedError,
  SourceUnavailableError,
  StorageError,
} from './errors';

const fact = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]);

/** An error as it lies in an object, for another process to tell. */
export const failureRecordSchema = z.object({
  name: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  context: z.record(z.string(), fact),
});
export type FailureRecord = z.output<typeof failureRecordSchema>;

type ErrorClass = new (message: string, options?: IngestErrorOptions) => IngestError;

const CLASSES: Readonly<Record<string, ErrorClass>> = {
  SourceUnavailableError,
  SourceRejectedError,
  SourceContractError,
  DataQualityError,
  StorageError,
  PreconditionFailedError,
  LeaseHeldError,
  MessagingError,
  DeadlineExceededError,
};

/** Of an error that was not raised on purpose nothing is known but its name and message. */
export function failureRecord(error: unknown): FailureRecord {
  if (error instanceof IngestError) {
    const { name, message, retryable, context } = error;
    return { name, message, retryable, context };
  }
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { name, message, retryable: false, context: {} };
}

export function recordedError({ name, message, retryable, context }: FailureRecord): IngestError {
  const Known = CLASSES[name];
  return Known === undefined
    ? new RecordedError(message, { name, retryable, context })
    : new Known(message, { context });
}

/** Of a kind whose class says more than a record does. */
class RecordedError extends IngestError {
  override readonly name: string;
  override readonly retryable: boolean;

  constructor(
    message: string,
    { name, retryable, context }: { name: string; retryable: boolean; context: ErrorContext },
  ) {
    super(message, { context });
    this.name = name;
    this.retryable = retryable;
  }
}
