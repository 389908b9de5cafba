import { accessProblem, failureName } from '../../../core/aws-failure';

const failure = (parts: object) => Object.assign(new Error(''), parts);

describe('a failure that keeps AWS from being asked', () => {
  it.each([
    [{ name: 'CredentialsProviderError', message: 'Could not load' }, 'no AWS credentials were found'],
    [{ name: 'ExpiredToken', $metadata: { httpStatusCode: 400 } }, 'have expired; log in again'],
    [{ name: 'ExpiredTokenException', $metadata: { httpStatusCode: 403 } }, 'have expired; log in again'],
    [{ message: 'Region is missing' }, 'no AWS region was found that can be used; set AWS_REGION'],
    [{ message: 'Region not accepted: region=""' }, 'no AWS region was found that can be used'],
  ])('is a mistake of the user, and not worth another try: %j', (parts, message) => {
    expect(accessProblem(failure(parts))).toMatchObject({
      name: 'ConfigError',
      retryable: false,
      message: expect.stringContaining(message),
    });
  });

  it.each([
    { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } },
    { name: 'TimeoutError' },
    { code: 'ECONNREFUSED' },
  ])('is not one that has another reason: %j', (parts) => {
    expect(accessProblem(failure(parts))).toBeUndefined();
  });
});

test.each([
  [{ name: 'SlowDown', code: 'SlowDown', $metadata: { httpStatusCode: 503 } }, 'SlowDown'],
  [{ name: 'Error', code: 'ENOTFOUND', $metadata: { attempts: 4 } }, 'ENOTFOUND'],
  [{ name: 'TimeoutError' }, 'TimeoutError'],
])('a failure is called by the answer, else by what became of the connection: %j', (parts, name) => {
  expect(failureName(failure(parts))).toBe(name);
});
