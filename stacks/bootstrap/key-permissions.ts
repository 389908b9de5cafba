import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { PROJECT } from '../aws-terraform';
import { allow } from './permissions-boundary';
import type { WritePermissions } from './write-permissions';

/** A key has no name: what tells one environment's from another's are its tags. */
export function keyStatements({ account, owned, environment }: WritePermissions): PolicyStatement[] {
  const keys = [account.arn('kms', 'key/*')];
  const tags = (kind: string) => ({
    StringEquals: { [`aws:${kind}Tag/Project`]: PROJECT, [`aws:${kind}Tag/Environment`]: environment },
  });
  return [
    { ...allow('MakeKeys', ['kms:CreateKey', 'kms:TagResource'], ['*']), Condition: tags('Request') },
    {
      ...allow(
        'WriteKeys',
        [
          'kms:PutKeyPolicy',
          'kms:EnableKeyRotation',
          'kms:UpdateKeyDescription',
          'kms:UntagResource',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:CreateAlias',
          'kms:UpdateAlias',
          'kms:DeleteAlias',
        ],
        keys,
      ),
      Condition: tags('Resource'),
    },
    {
      ...allow('LendKeys', ['kms:CreateGrant'], keys),
      Condition: { ...tags('Resource'), Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    allow('WriteAliases', ['kms:CreateAlias', 'kms:UpdateAlias', 'kms:DeleteAlias'], owned.aliases),
  ];
}
