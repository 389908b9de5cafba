import type { IngestError } from '../core/errors';
import { gravest } from '../core/gravity';

/** How the command ends; a contract with scripts and schedulers. */
export const EXIT_CODES = {
  done: 0,
  unexpected: 1,
  config: 2,
  unavailable: 3,
  rejected: 4,
  contract: 5,
  quality: 6,
  storage: 7,
  damaged: 8,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES];

/** Exit code of each error that the project raises on purpose; of several failures the gravest counts. */
const CODES: Readonly<Record<string, ExitCode>> = {
  ConfigError: EXIT_CODES.config,
  StorageError: EXIT_CODES.storage,
  PreconditionFailedError: EXIT_CODES.storage,
  LeaseHeldError: EXIT_CODES.storage,
  MessagingError: EXIT_CODES.storage,
  SourceContractError: EXIT_CODES.contract,
  SourceRejectedError: EXIT_CODES.rejected,
  DataQualityError: EXIT_CODES.quality,
  SourceUnavailableError: EXIT_CODES.unavailable,
  DeadlineExceededError: EXIT_CODES.unavailable,
};

export function exitCodeOf(failures: readonly IngestError[]): ExitCode {
  const told = gravest(failures);
  return told === undefined ? EXIT_CODES.done : (CODES[told.name] ?? EXIT_CODES.unexpected);
}

export const EXIT_CODES_HELP = `Exit codes:
  0    everything asked for was done
  1    unexpected error: a defect, please report it
  2    the command line, a day or a file in it is wrong, or AWS credentials or a region are missing
  3    the source could not be had: try again later
  4    the source refused the request for good
  5    the source's answer is not what its contract promises; the raw body is kept
  6    a date is past the pipeline's quality limits; its former version stays published
  7    the lake, or the result, could not be read or written, or another run holds a date
  8    verify found something wrong in the lake that it did not repair
  130  interrupted
  Of several failures the first in the order 2, 7, 5, 4, 6, 3 counts.`;
