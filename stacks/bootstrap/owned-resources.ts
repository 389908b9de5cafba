import type { Bootstrap } from '../../core/environment/bootstrap-schema';
import { resourcePrefix } from '../../core/environment/environment';
import type { DeploymentAccount } from '../../modules/deployment-account/deployment-account';

/** ARN patterns of what the stacks of an environment make, by service. */
export interface OwnedResources {
  readonly buckets: readonly string[];
  readonly roles: readonly string[];
  readonly functions: readonly string[];
  readonly logGroups: readonly string[];
  readonly stateMachines: readonly string[];
  /** Executions of the state machines. */
  readonly executions: readonly string[];
  readonly queues: readonly string[];
  readonly topics: readonly string[];
  readonly alarms: readonly string[];
  readonly dashboards: readonly string[];
  readonly schedules: readonly string[];
  readonly catalogue: readonly string[];
  /** Functions of the catalogue's database: the stacks make none, but deleting a database is an action on them as well. */
  readonly catalogueFunctions: readonly string[];
  readonly workgroups: readonly string[];
}

/** As the stacks name things. */
export function ownedResources(
  account: DeploymentAccount,
  { name }: Bootstrap,
  environment: string,
): OwnedResources {
  const prefix = resourcePrefix({ name, environment });
  const whole = prefix.slice(0, -1);
  const database = whole.replaceAll('-', '_');
  const iam = `arn:${account.partition}:iam::${account.accountId}`;
  return {
    buckets: [`arn:${account.partition}:s3:::${prefix}*`],
    roles: [`${iam}:role/${prefix}*`],
    functions: [account.arn('lambda', `function:${prefix}*`)],
    logGroups: ['lambda', 'vendedlogs/states'].map((folder) =>
      account.arn('logs', `log-group:/aws/${folder}/${prefix}*`),
    ),
    stateMachines: [account.arn('states', `stateMachine:${prefix}*`)],
    executions: [account.arn('states', `execution:${prefix}*`)],
    queues: [account.arn('sqs', `${prefix}*`)],
    topics: [account.arn('sns', `${prefix}*`)],
    alarms: [account.arn('cloudwatch', `alarm:${prefix}*`)],
    dashboards: [`arn:${account.partition}:cloudwatch::${account.accountId}:dashboard/${whole}`],
    schedules: [
      account.arn('scheduler', `schedule-group/${whole}`),
      account.arn('scheduler', `schedule/${whole}/*`),
    ],
    catalogue: [
      account.arn('glue', 'catalog'),
      account.arn('glue', `database/${database}`),
      account.arn('glue', `table/${database}/*`),
    ],
    catalogueFunctions: [account.arn('glue', `userDefinedFunction/${database}/*`)],
    workgroups: [account.arn('athena', `workgroup/${whole}`)],
  };
}
