import { isAllowed, type Statement } from './account/is-allowed';

const BUCKET = 'arn:aws:s3:::lake';
const WRITE: Statement = {
  Effect: 'Allow',
  Action: ['s3:GetObject', 's3:PutObject'],
  Resource: `${BUCKET}/weather/*`,
};
const LIST: Statement = {
  Effect: 'Allow',
  Action: 's3:ListBucket',
  Resource: BUCKET,
  Condition: { StringLike: { 's3:prefix': ['weather/*', 'config/?.json'] } },
};

const onObject = (action: string, key: string) => ({ action, resource: `${BUCKET}/${key}` });
const listing = (prefix: string | null) => ({ action: 's3:ListBucket', resource: BUCKET, prefix });

describe("a role's policies", () => {
  it.each([
    [onObject('s3:PutObject', 'weather/a/b'), true],
    [onObject('s3:PutObject', 'weather-other/a'), false],
    [onObject('s3:DeleteObject', 'weather/a'), false],
    [onObject('s3:Unknown:POST:delete', 'weather/a'), false],
    [listing('weather/2026'), true],
    [listing('config/p.json'), true],
    [listing('config/pp.json'), false],
    [listing(''), false],
    [listing(null), false],
  ])('allow what they name, and nothing beside it: %j is %j', (call, expected) => {
    expect(isAllowed([WRITE, LIST], call)).toBe(expected);
  });

  it('deny what a Deny names, whatever else allows it', () => {
    const never: Statement = { Effect: 'Deny', Action: 's3:*', Resource: `${BUCKET}/weather/secret/*` };

    expect(isAllowed([WRITE, never], onObject('s3:GetObject', 'weather/secret/a'))).toBe(false);
    expect(isAllowed([WRITE, never], onObject('s3:GetObject', 'weather/open/a'))).toBe(true);
  });

  it('hold only where the request meets their conditions', () => {
    const overTls: Statement = { ...WRITE, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };
    const call = (value: string | null) => ({
      ...onObject('s3:GetObject', 'weather/a'),
      context: { 'aws:SecureTransport': value },
    });

    expect(['true', 'false', null].map((value) => isAllowed([overTls], call(value)))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('are not judged by a condition that is not known', () => {
    const odd: Statement = { ...WRITE, Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

    expect(() => isAllowed([odd], onObject('s3:GetObject', 'weather/a'))).toThrow(/not known/);
  });
});
