import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/**
 * A role that nothing bounds could do what the deploy itself may not. The boundary is no role: no deploy changes it.
 *
 * @param boundaryArn policy that must bound every role made
 */
export function roleStatements(owned: OwnedResources, boundaryArn: string): PolicyStatement[] {
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
