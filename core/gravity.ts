import type { IngestError } from './errors';

/** Of several failures, which one stands for all: the one that needs a person first. */
const NAMES_BY_GRAVITY: readonly string[] = [
  'ConfigError',
  'StorageError',
  'PreconditionFailedError',
  'LeaseHeldError',
  'MessagingError',
  'SourceContractError',
  'SourceRejectedError',
  'DataQualityError',
  'SourceUnavailableError',
  'DeadlineExceededError',
];

/** `undefined` of no failures. One whose name is not known here gives way to every other. */
export function gravest(failures: readonly IngestError[]): IngestError | undefined {
  const rank = ({ name }: IngestError) => {
    const index = NAMES_BY_GRAVITY.indexOf(name);
    return index === -1 ? NAMES_BY_GRAVITY.length : index;
  };
  return failures.toSorted((one, other) => rank(one) - rank(other))[0];
}
