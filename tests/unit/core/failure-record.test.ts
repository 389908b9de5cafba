import {
  ConfigError,
  DataQualityError,
  type IngestError,
  LeaseHeldError,
  MessagingError,
  SourceContractError,
  SourceRejectedError,
  SourceUnavailableError,
  StorageError,
} from '../../../core/errors';
import { failureRecord, failureRecordSchema, recordedError } from '../../../core/failure-record';

const context = { request_id: 'a1', tries: 3, status: null, failed: ['2026-01-01'] };

const roundTrip = (error: unknown) =>
  recordedError(failureRecordSchema.parse(JSON.parse(JSON.stringify(failureRecord(error)))));

test.each<IngestError>([
  new SourceUnavailableError('down', { context }),
  new SourceRejectedError('no', { context }),
  new SourceContractError('odd', { context }),
  new DataQualityError('bad', { context }),
  new StorageError('gone', { context }),
  new LeaseHeldError('held', { context }),
  new MessagingError('lost', { context }),
])('$name is the very same error after it was an object', (error) => {
  const again = roundTrip(error);

  expect(again).toEqual(error);
  expect(again.constructor).toBe(error.constructor);
});

test('an error whose class says more keeps its name, message and facts', () => {
  const error = new ConfigError('Wrong:', [{ path: 'a', message: 'b' }], { context });

  expect(roundTrip(error)).toMatchObject({
    name: 'ConfigError',
    message: 'Wrong:\n  - a: b',
    retryable: false,
    context,
  });
});

test.each([
  [new TypeError('x is not a function'), 'TypeError', 'x is not a function'],
  ['a text', 'Error', 'a text'],
])('what was not raised on purpose is told as it is: %p', (thrown, name, message) => {
  expect(roundTrip(thrown)).toMatchObject({ name, message, retryable: false, context: {} });
});
