import { meansAny } from '../../../scripts/policies/reference/arn-pattern';

const BUCKET = 'arn:${Partition}:s3:::${BucketName}';
const OBJECT = 'arn:${Partition}:s3:::${BucketName}/${ObjectName}';
const STREAM =
  'arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}:log-stream:${LogStreamName}';
const MACHINE = 'arn:${Partition}:states:${Region}:${Account}:stateMachine:${StateMachineName}';
const ROLE = 'arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}';

describe("a policy's pattern", () => {
  it.each([
    ['arn:aws:s3:::lake', BUCKET],
    ['arn:aws:s3:::weather-dev-*', BUCKET],
    ['arn:aws:s3:::lake/config/*', OBJECT],
    ['arn:aws:s3:::lake/*/date=*/weather.*', OBJECT],
    // As IAM reads it: the bucket's name and the slash are in the star.
    ['arn:aws:s3:::weather-dev-*', OBJECT],
    ['arn:aws:logs:eu-central-1:1:log-group:/aws/lambda/one:*', STREAM],
    ['arn:aws:states:eu-central-1:1:stateMachine:one', MACHINE],
    ['arn:aws:iam::1:role/team/one', ROLE],
    ['*', MACHINE],
  ])('%s means some %s', (pattern, shape) => {
    expect(meansAny(pattern, shape)).toBe(true);
  });

  it.each([
    ['arn:aws:s3:::lake', OBJECT],
    ['arn:aws:s3:::lake/config/*', BUCKET],
    ['arn:aws:logs:eu-central-1:1:log-group:/aws/lambda/one', STREAM],
    ['arn:aws:states:eu-central-1:1:execution:one:*', MACHINE],
    ['arn:aws:states:eu-central-1:1:stateMachine:', MACHINE],
    ['arn:aws:sqs:eu-central-1:1:one', ROLE],
  ])('%s means no %s', (pattern, shape) => {
    expect(meansAny(pattern, shape)).toBe(false);
  });
});
