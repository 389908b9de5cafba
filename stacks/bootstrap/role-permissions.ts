import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { allow } from './permissions-boundary';
import type { WritePermissions } from './write-permissions';

/** A role that nothing bounds could do what the deploy itself may not. */
export function roleStatements({ owned, boundaryArn }: WritePermissions): PolicyStatement[] {
  return [
    {
      ...allow(
        'MakeBoundedRoles',
        ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:DeleteRolePolicy', 'iam:PutRolePermissionsBoundary'],
        owned.roles,
      ),
      Condition: { StringEquals: { 'iam:PermissionsBoundary': boundaryArn } },
    },
    allow(
      'WriteRoles',
      [
        'iam:DeleteRole',
        'iam:UpdateRole',
        'iam:UpdateRoleDescription',
        'iam:UpdateAssumeRolePolicy',
        'iam:TagRole',
        'iam:UntagRole',
      ],
      owned.roles,
    ),
    {
      ...allow('PassRoles', ['iam:PassRole'], owned.roles),
      Condition: {
        StringEquals: {
          'iam:PassedToService': ['lambda.amazonaws.com', 'scheduler.amazonaws.com', 'states.amazonaws.com'],
        },
      },
    },
  ];
}
