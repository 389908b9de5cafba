import { type Control, WHOLE_STACK } from './control';
import { allowing, IDENTITY_POLICIES, list, mayDo, onAnything, policy, type Statement } from './statements';

/** IAM lets nobody name a resource for these. */
const UNRESTRICTABLE = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'logs:DescribeLogGroups',
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'states:ValidateStateMachineDefinition',
  'lambda:CreateEventSourceMapping',
  'sns:GetSubscriptionAttributes',
  'sts:GetCallerIdentity',
];
/** By these one may make oneself mightier. */
const ESCALATING = [
  'iam:CreatePolicyVersion',
  'iam:SetDefaultPolicyVersion',
  'iam:AttachRolePolicy',
  'iam:PutRolePolicy',
  'iam:UpdateAssumeRolePolicy',
  'iam:CreateAccessKey',
  'iam:CreateLoginProfile',
  'iam:AddUserToGroup',
];
const CREDENTIALS = [
  'iam:CreateAccessKey',
  'sts:AssumeRole',
  'sts:GetSessionToken',
  'iam:CreateLoginProfile',
];
const DATA = ['s3:GetObject', 'secretsmanager:GetSecretValue', 'ssm:GetParameter', 'sqs:ReceiveMessage'];
const PERMISSIONS = [
  's3:PutBucketPolicy',
  'kms:PutKeyPolicy',
  'lambda:AddPermission',
  'sns:AddPermission',
  ...ESCALATING,
];
const WRITING =
  /:(Put|Create|Delete|Update|Send|Publish|Invoke|Tag|Untag|Set|Attach|Detach|Add|Remove|Start|Stop|\*)/i;

const everyStatement =
  (holds: (statement: Statement) => boolean): Control['holds'] =>
  (resource) =>
    allowing(resource).every(holds);
const neverOnAnything = (actions: readonly string[]) =>
  everyStatement((statement) => !(onAnything(statement) && mayDo(statement, actions)));
const identity = { types: IDENTITY_POLICIES };
const breaking = (statement: Partial<Statement>) => ({
  type: 'aws_iam_role_policy',
  config: policy(statement),
});

export const IAM_CONTROLS: readonly Control[] = [
  {
    ...identity,
    ids: ['CKV_AWS_62', 'CKV_AWS_1', 'IAM.1', 'CKV2_AWS_40'],
    rule: 'nobody may do everything',
    holds: everyStatement(({ Action }) => !list(Action).includes('*')),
    breaks: breaking({ Action: '*', Resource: '*' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_63', 'CKV_AWS_49', 'IAM.21', 'AWS-0057', 'IAM5'],
    rule: 'actions are named, not meant by *',
    holds: everyStatement(({ Action }) => list(Action).every((action) => !action.includes('*'))),
    breaks: breaking({ Action: 'sqs:*' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_355', 'CKV_AWS_356', 'named-resources'],
    rule: 'resources are named wherever IAM can name them',
    holds: everyStatement(
      ({ Action, Resource }) =>
        !list(Resource).includes('*') || list(Action).every((action) => UNRESTRICTABLE.includes(action)),
    ),
    breaks: breaking({ Action: 'sqs:SendMessage', Resource: '*' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_286', 'CKV_AWS_110'],
    rule: 'nobody may make himself mightier',
    holds: neverOnAnything(ESCALATING),
    breaks: breaking({ Action: 'iam:PutRolePolicy', Resource: '*' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_287', 'CKV_AWS_107'],
    rule: 'nobody may take credentials',
    holds: everyStatement((statement) => !mayDo(statement, CREDENTIALS)),
    breaks: breaking({ Action: 'iam:CreateAccessKey' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_288', 'CKV_AWS_108'],
    rule: 'nobody may read the data of everything',
    holds: neverOnAnything(DATA),
    breaks: breaking({ Action: 's3:Get*', Resource: '*' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_289', 'CKV_AWS_109'],
    rule: 'nobody may manage the permissions of everything',
    holds: neverOnAnything(PERMISSIONS),
    breaks: breaking({ Action: 'kms:PutKeyPolicy', Resource: '*' }),
  },
  {
    ...identity,
    ids: ['CKV_AWS_290', 'CKV_AWS_111', 'no-open-writes'],
    rule: 'nobody may write to everything',
    holds: everyStatement(
      (statement) =>
        !onAnything(statement) ||
        list(statement.Action).every((action) => UNRESTRICTABLE.includes(action) || !WRITING.test(action)),
    ),
    breaks: breaking({ Action: 'sqs:SendMessage', Resource: '*' }),
  },
  {
    types: [WHOLE_STACK],
    ids: ['CKV_AWS_274', 'CKV_AWS_275', 'CKV2_AWS_56', 'IAM4'],
    rule: 'no role has a policy that AWS manages',
    holds: ({ config }) => !/arn:aws[a-z-]*:iam::aws:policy/.test(JSON.stringify(config)),
    breaks: {
      type: WHOLE_STACK,
      config: { data: { aws_iam_policy: { Any: { arn: 'arn:aws:iam::aws:policy/AdministratorAccess' } } } },
    },
  },
  {
    ...identity,
    ids: ['AWS-0342'],
    rule: 'roles are handed on only to the service they are for',
    holds: everyStatement(
      (statement) =>
        !mayDo(statement, ['iam:PassRole']) ||
        (!list(statement.Resource).includes('*') &&
          statement.Condition?.StringEquals?.['iam:PassedToService'] !== undefined),
    ),
    breaks: breaking({ Action: 'iam:PassRole', Resource: 'arn:aws:iam::1:role/any' }),
  },
  {
    ...identity,
    ids: ['AWS-0345'],
    rule: 'nobody may do everything with S3',
    holds: everyStatement(({ Action }) => !list(Action).includes('s3:*')),
    breaks: breaking({ Action: 's3:*' }),
  },
];
