import type { PolicyStatement } from '../../../modules/policy-document/policy-document';
import {
  judgeIdentityStatement,
  judgeResourceStatement,
} from '../../../scripts/policies/reference/judge-statement';
import { SMALL_REFERENCE } from './small-reference';

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
const FUNCTIONS = arn('lambda', 'function:weather-dev-*');
const DATABASE = arn('glue', 'database/weather');
const KEY = arn('kms', 'key/1234');

const statement = (
  Action: string,
  Resource: string | readonly string[],
  Condition?: PolicyStatement['Condition'],
): PolicyStatement => ({ Sid: 'Test', Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });

describe('a statement of a role', () => {
  it.each([
    [
      'an action that takes no resource, on *',
      statement('lambda:CreateEventSourceMapping', '*', { ArnLike: { 'lambda:FunctionArn': FUNCTIONS } }),
    ],
    ['an action on its resource', statement('lambda:GetFunction', FUNCTIONS)],
    ['a family of actions that all take the resource', statement('lambda:GetFunction*', FUNCTIONS)],
    [
      'an action on every type of resource that it needs',
      statement('glue:DeleteDatabase', [DATABASE, arn('glue', 'table/weather/*')]),
    ],
    [
      'a condition of the action, one with a variable',
      statement('kms:Decrypt', KEY, { StringEquals: { 'kms:EncryptionContext:SecretARN': 'a' } }),
    ],
    [
      'a condition of the type of resource',
      statement('lambda:GetFunction', FUNCTIONS, { StringEquals: { 'aws:ResourceTag/Project': 'p' } }),
    ],
    [
      'a condition of every request',
      statement('kms:DescribeKey', KEY, { StringEquals: { 'aws:SourceAccount': '1' } }),
    ],
  ])('means what it says with %s', (_, one) => {
    expect(judgeIdentityStatement(one, SMALL_REFERENCE)).toEqual([]);
  });

  it.each([
    [
      'an action that takes no resource, on one',
      statement('lambda:CreateEventSourceMapping', arn('lambda', 'event-source-mapping:*')),
      ['lambda:CreateEventSourceMapping takes no resource', 'is a resource of none'],
    ],
    [
      'an action on a resource of another type',
      statement('lambda:GetFunction', arn('lambda', 'layer:*')),
      ['lambda:GetFunction is granted on no resource that it takes (function)', 'is a resource of none'],
    ],
    [
      'an action on everything that takes a resource',
      statement('lambda:GetFunction', '*'),
      ['lambda:GetFunction is granted on *, though it takes a resource (function)'],
    ],
    [
      'an action on a part of what it needs',
      statement('glue:DeleteDatabase', DATABASE),
      ['glue:DeleteDatabase needs a resource of the type table as well'],
    ],
    [
      'a family with a member that the resource says nothing to',
      statement('lambda:Get*', FUNCTIONS),
      ['lambda:GetAccountSettings takes no resource'],
    ],
    [
      'a resource that no action takes',
      statement('kms:Decrypt', [KEY, DATABASE]),
      [`${DATABASE} is a resource of none of the statement's actions`],
    ],
    ['an action that there is not', statement('kms:Decipher', KEY), ['kms:Decipher is no action of AWS']],
    ['a service that there is not', statement('kmz:Decrypt', KEY), ['kmz:Decrypt is no action of AWS']],
    [
      'a condition that the action does not know',
      statement('kms:DescribeKey', KEY, { StringEquals: { 'kms:EncryptionContext:SecretARN': 'a' } }),
      ['kms:DescribeKey knows no condition kms:EncryptionContext:SecretARN'],
    ],
    [
      'a condition on tags that the type of resource does not have',
      statement('kms:DescribeKey', KEY, { StringEquals: { 'aws:ResourceTag/Project': 'p' } }),
      ['kms:DescribeKey knows no condition aws:ResourceTag/Project'],
    ],
  ])('does not mean what it says with %s', (_, one, problems) => {
    expect(judgeIdentityStatement(one, SMALL_REFERENCE)).toEqual(
      problems.map((problem) => expect.stringContaining(problem)),
    );
  });
});

describe('a statement in the policy of a resource', () => {
  const known = { StringEquals: { 'kms:EncryptionContext:aws:logs:arn': 'a' } };
  const github = { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:a@1/b@2:pull_request' } };
  const { Resource: _, ...trust } = statement('sts:AssumeRoleWithWebIdentity', [], github);

  it.each([
    ['* for the resource itself', statement('kms:Decrypt', '*', known)],
    ['a family of actions on the resource', statement('lambda:*', FUNCTIONS)],
    ["claims of GitHub's tokens in a role's trust", trust],
  ])('means what it says with %s', (_case, one) => {
    expect(judgeResourceStatement(one, SMALL_REFERENCE)).toEqual([]);
  });

  it.each([
    [
      'a condition that the action does not know',
      statement('kms:DescribeKey', '*', known),
      ['kms:DescribeKey knows no condition'],
    ],
    ['an action that there is not', statement('kms:Nothing', '*'), ['kms:Nothing is no action of AWS']],
    [
      'an action on a resource of another type',
      statement('kms:Decrypt', FUNCTIONS),
      ['kms:Decrypt is granted on no resource that it takes (key)', 'is a resource of none'],
    ],
    [
      'a claim in a trust that takes no tokens',
      { ...trust, Action: 'sts:AssumeRole' },
      ['sts:AssumeRole knows no condition token.actions.githubusercontent.com:sub'],
    ],
    [
      "a claim that GitHub's tokens do not have",
      { ...trust, Condition: { StringEquals: { 'token.actions.githubusercontent.com:subject': 'a' } } },
      ['knows no condition token.actions.githubusercontent.com:subject'],
    ],
  ])('does not mean what it says with %s', (_case, one, problems) => {
    expect(judgeResourceStatement(one, SMALL_REFERENCE)).toEqual(
      problems.map((problem) => expect.stringContaining(problem)),
    );
  });
});
