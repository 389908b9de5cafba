import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/** Reads the event source mappings of the environment's functions. */
export function readDeliveries(account: DeploymentAccount, owned: OwnedResources): PolicyStatement {
  return toOwnFunctions(
    allow('ReadDeliveries', ['lambda:GetEventSourceMapping'], [mappings(account)]),
    owned,
  );
}

/** Makes, changes and deletes them. One that is not made yet has no ARN: making it takes no resource. */
export function writeDeliveries(account: DeploymentAccount, owned: OwnedResources): PolicyStatement[] {
  const change = ['lambda:UpdateEventSourceMapping', 'lambda:DeleteEventSourceMapping'];
  return [
    toOwnFunctions(allow('MakeDeliveries', ['lambda:CreateEventSourceMapping'], ['*']), owned),
    toOwnFunctions(allow('WriteDeliveries', change, [mappings(account)]), owned),
  ];
}

/** The ids of event source mappings are chosen by AWS, so that they are told apart by their function. */
function toOwnFunctions(statement: PolicyStatement, { functions }: OwnedResources): PolicyStatement {
  return { ...statement, Condition: { ArnLike: { 'lambda:FunctionArn': functions } } };
}

function mappings(account: DeploymentAccount): string {
  return account.arn('lambda', 'event-source-mapping:*');
}

/** Tags have no such condition; they say nothing that anybody goes by. */
export function deliveryTags(
  Sid: string,
  account: DeploymentAccount,
  actions: readonly string[],
): PolicyStatement {
  return allow(Sid, actions, [mappings(account)]);
}
