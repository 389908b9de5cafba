import type { Control } from './control';
import { allowing, isAnybody, list, policy } from './statements';

export const TRUST_CONTROLS: readonly Control[] = [
  {
    types: ['aws_iam_role'],
    ids: ['CKV_AWS_60', 'CKV_AWS_61'],
    rule: 'a role names who may take it',
    holds: (role) =>
      allowing(role, 'assume_role_policy').length > 0 &&
      allowing(role, 'assume_role_policy').every(
        ({ Principal, Condition }) => !isAnybody(Principal) && Condition !== undefined,
      ),
    breaks: { type: 'aws_iam_role', config: policy({ Principal: { AWS: '*' } }, 'assume_role_policy') },
  },
  {
    types: ['aws_iam_role'],
    concerns: (role) => JSON.stringify(role.config).includes('Federated'),
    ids: ['CKV_AWS_358', 'CKV_AWS_393'],
    rule: 'workflows take a role only as the repository, branch or environment that it names whole',
    holds: (role) =>
      allowing(role, 'assume_role_policy').every(({ Condition }) => {
        const { 'token.actions.githubusercontent.com:aud': audience, ...rest } =
          Condition?.StringEquals ?? {};
        const subjects = list(rest['token.actions.githubusercontent.com:sub'] as string[]);
        return (
          audience === 'sts.amazonaws.com' &&
          subjects.length > 0 &&
          subjects.every((subject) => /^repo:[^*:]+\/[^*:]+:[^*]+$/.test(subject))
        );
      }),
    breaks: {
      type: 'aws_iam_role',
      config: policy(
        {
          Principal: { Federated: 'arn' },
          Condition: {
            StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*' },
            StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' },
          },
        },
        'assume_role_policy',
      ),
    },
  },
];
