import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import { allow } from './permissions-boundary';

/** What a plan does with the key of an environment, if it has one: reads the pipeline and the variables of functions. */
export function keyReadStatements(keyArn: string | undefined): PolicyStatement[] {
  return keyArn === undefined ? [] : [allow('ReadByKey', ['kms:DescribeKey', 'kms:Decrypt'], [keyArn])];
}

/** What a deploy does with it beside: writes by it, and lets services do so. It changes no key and makes none. */
export function keyUseStatements(keyArn: string | undefined): PolicyStatement[] {
  if (keyArn === undefined) return [];
  return [
    allow('WriteByKey', ['kms:Encrypt', 'kms:GenerateDataKey'], [keyArn]),
    {
      ...allow('LendKey', ['kms:CreateGrant'], [keyArn]),
      Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ];
}
