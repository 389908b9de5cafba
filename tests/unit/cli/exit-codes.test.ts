import { EXIT_CODES_HELP, exitCodeOf } from '../../../cli/exit-codes';
import {
  ConfigError,
  DataQualityError,
  DeadlineExceededError,
  type IngestError,
  LeaseHeldError,
  MessagingError,
  PreconditionFailedError,
  SourceContractError,
  SourceRejectedError,
  SourceUnavailableError,
  StorageError,
} from '../../../core/errors';

const CODES: readonly (readonly [IngestError, number])[] = [
  [new ConfigError('', []), 2],
  [new StorageError(''), 7],
  [new LeaseHeldError(''), 7],
  [new MessagingError(''), 7],
  [new PreconditionFailedError(''), 7],
  [new SourceContractError(''), 5],
  [new SourceRejectedError(''), 4],
  [new DataQualityError(''), 6],
  [new SourceUnavailableError(''), 3],
  [new DeadlineExceededError(''), 3],
];

describe('exitCodeOf', () => {
  test('is 0 without failures', () => {
    expect(exitCodeOf([])).toBe(0);
  });

  test.each(CODES.map(([error, code]) => [error.name, error, code] as const))('%s', (_, error, code) => {
    expect(exitCodeOf([error])).toBe(code);
  });

  test('of several failures is that of the gravest, in whatever order they came', () => {
    const order = [2, 7, 5, 4, 6, 3];
    for (const [one, code] of CODES) {
      for (const [other, otherCode] of CODES) {
        const gravest = order.indexOf(code) <= order.indexOf(otherCode) ? code : otherCode;
        expect(exitCodeOf([one, other])).toBe(gravest);
      }
    }
  });

  test('goes by an order that the help tells', () => {
    expect(EXIT_CODES_HELP).toContain('in the order 2, 7, 5, 4, 6, 3');
  });
});
