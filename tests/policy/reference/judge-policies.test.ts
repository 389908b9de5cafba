import { judgePolicies } from '../../../scripts/policies/reference/judge-policies';
import type { StackJson } from '../../../scripts/policies/synthesized-stacks';
import { SMALL_REFERENCE } from './small-reference';

const REMOTE = '${data.terraform_remote_state.lake.outputs.cross-stack-output-aws_kms_keyKey_43586C89arn}';
const OWN = '${aws_lambda_function.Ingest_Function_5E5779E7.arn}';

const stacksWith = (type: string, statement: object) => {
  const policy = JSON.stringify({ Statement: [{ Sid: 'Test', Effect: 'Allow', ...statement }] });
  const stack: StackJson = { resource: { [type]: { Policy: { policy } } } };
  return new Map([['weather-ingest-dev', stack]]);
};

it("policies are held to the reference with ARNs in place of Terraform's references", () => {
  const use = (Action: string, Resource: string) =>
    judgePolicies(stacksWith('aws_iam_role_policy', { Action, Resource }), SMALL_REFERENCE);

  expect(use('kms:Decrypt', REMOTE)).toEqual({ actions: 1, problems: [] });
  expect(use('lambda:GetFunction*', OWN)).toEqual({ actions: 2, problems: [] });
  expect(use('kms:Decrypt', OWN).problems).toEqual([
    {
      address: 'weather-ingest-dev/aws_iam_role_policy.Policy',
      problem: 'Test: kms:Decrypt is granted on no resource that it takes (key)',
    },
    expect.objectContaining({ problem: expect.stringContaining('is a resource of none') }),
  ]);
});

const OPEN_PROVIDER = '${data.aws_iam_openid_connect_provider.KnownGithub.arn}';
const NOTHING = JSON.stringify({
  Statement: [
    { Sid: 'Test', Effect: 'Allow', Action: 'kms:Nothing', Principal: { Federated: OPEN_PROVIDER } },
  ],
});

it.each([
  ['the policy of a role', 'aws_iam_role_policy', { policy: NOTHING }],
  ["a role's trust", 'aws_iam_role', { name: 'weather-dev-x', assume_role_policy: NOTHING }],
  ['a policy within another block', 'aws_iam_role', { inline_policy: [{ policy: NOTHING }] }],
  ['a policy of what the stacks do not have today', 'aws_new_thing', { any_policy: NOTHING }],
])('%s is among them', (_, type, config) => {
  const stacks = new Map([['weather-ingest-dev', { resource: { [type]: { One: config } } }]]);

  expect(judgePolicies(stacks, SMALL_REFERENCE).problems).toEqual([
    { address: `weather-ingest-dev/${type}.One`, problem: 'Test: kms:Nothing is no action of AWS' },
  ]);
});

it('a reference whose ARN is not known is an error, and not passed over', () => {
  const stacks = stacksWith('aws_iam_policy', {
    Action: 'kms:Decrypt',
    Resource: '${aws_new_thing.One.arn}',
  });

  expect(() => judgePolicies(stacks, SMALL_REFERENCE)).toThrow(/aws_new_thing\.One\.arn is not known/);
});
