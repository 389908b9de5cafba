import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';
import type { PolicyStatement } from '../../modules/policy-document/policy-document';
import type { OwnedResources } from './owned-resources';
import { allow } from './permissions-boundary';

/** What hands a queue's messages to a function has an id that AWS gives: it is known by the function. */
export function deliveryStatement(
  account: DeploymentAccount,
  { Sid, actions }: { readonly Sid: string; readonly actions: readonly string[] },
  { functions }: OwnedResources,
): PolicyStatement {
  return {
    ...allow(Sid, actions, [account.arn('lambda', 'event-source-mapping:*')]),
    Condition: { ArnLike: { 'lambda:FunctionArn': functions } },
  };
}

export const READ_DELIVERIES = { Sid: 'ReadDeliveries', actions: ['lambda:GetEventSourceMapping'] };
export const WRITE_DELIVERIES = {
  Sid: 'WriteDeliveries',
  actions: [
    'lambda:CreateEventSourceMapping',
    'lambda:UpdateEventSourceMapping',
    'lambda:DeleteEventSourceMapping',
  ],
};

/** Tags have no such condition; they say nothing that anybody goes by. */
export function deliveryTags(
  Sid: string,
  account: DeploymentAccount,
  actions: readonly string[],
): PolicyStatement {
  return allow(Sid, actions, [account.arn('lambda', 'event-source-mapping:*')]);
}
