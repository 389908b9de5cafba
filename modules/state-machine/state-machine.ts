import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import type { BufferedQueue } from '../buffered-queue/buffered-queue';
import type { BundledFunction } from '../bundled-function/bundled-function';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { ProjectKey } from '../encryption-key/encryption-key';
import type { PrivateBucket } from '../private-bucket/private-bucket';
import type { ScheduleTarget } from '../schedule/schedule-target';
import { ServiceRole } from '../service-role/service-role';
import { type Definition, fillDefinition } from './fill-definition';

export const DEFAULT_EXECUTION_LOG_DAYS = 365;

/** Step Functions delivers logs by itself; IAM lets nobody name a resource for these. */
export const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
];
/** What a state machine does to be traced, and a function a part of; IAM lets nobody name a resource for these either. */
export const TRACING = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
];
/** What ends a task that waits for its token. IAM lets nobody name a resource: the token is all that says which task it is. */
export const TASK_ENDS = ['states:SendTaskSuccess', 'states:SendTaskFailure'];

export interface StateMachineProps {
  readonly account: DeploymentAccount;
  /** Name of its role, too, and so unique in the account. */
  readonly machineName: string;
  readonly definition: Definition;
  /** What goes in place of the definition's `${name}`. */
  readonly values: Readonly<Record<string, string>>;
  /** Functions that the definition calls, and the only ones that it may. */
  readonly functions: readonly BundledFunction[];
  /** Queue that the definition sends to. */
  readonly buffer: BufferedQueue;
  /** Where the items of its maps lie, by key patterns. */
  readonly items: { readonly bucket: PrivateBucket; readonly keys: readonly string[] };
  /** @default DEFAULT_EXECUTION_LOG_DAYS */
  readonly logRetentionDays?: number;
  /**
   * Encrypts the log group with this key.
   * @default a key of the service
   */
  readonly key?: ProjectKey | undefined;
  /**
   * The most that its role may ever do.
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string | undefined;
}

/** A state machine of Step Functions with distributed maps: logged without its data, traced, with a role of its own. */
export class StateMachine extends Construct implements ScheduleTarget {
  readonly arn: string;
  readonly machineName: string;
  readonly logGroupName: string;
  /** Known before it is there. */
  private readonly plannedArn: string;

  constructor(scope: Construct, id: string, props: StateMachineProps) {
    super(scope, id);
    this.machineName = props.machineName;
    this.logGroupName = `/aws/vendedlogs/states/${props.machineName}`;
    this.plannedArn = props.account.arn('states', `stateMachine:${props.machineName}`);
    const role = this.ownRole(props);
    const logs = this.keepLogs(props);
    const machine = new SfnStateMachine(this, 'Machine', {
      name: props.machineName,
      type: 'STANDARD',
      roleArn: role.arn,
      definition: fillDefinition(props.definition, props.values),
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        logDestination: `${logs.arn}:*`,
      },
      tracingConfiguration: { enabled: true },
      dependsOn: [role.policy],
    });
    this.arn = machine.arn;
  }

  allowStart(role: ServiceRole): void {
    role.allow('StartTarget', ['states:StartExecution'], [this.arn]);
  }

  /** Lets this role end tasks whose token it was sent. */
  allowEndTasks(role: ServiceRole): void {
    role.allow('EndTasks', TASK_ENDS, ['*']);
  }

  private ownRole(props: StateMachineProps): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      account: props.account,
      roleName: props.machineName,
      description: `State machine ${props.machineName}`,
      service: 'states.amazonaws.com',
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    const functions = props.functions.map(({ arn }) => arn);
    role.allow('CallFunctions', ['lambda:InvokeFunction'], functions);
    props.buffer.allowSend(role);
    this.readItems(role, props);
    this.runMaps(role, props.account);
    role.allow('DeliverLogs', LOG_DELIVERY, ['*']);
    role.allow('Trace', TRACING, ['*']);
    return role;
  }

  private readItems(role: ServiceRole, { items: { bucket, keys } }: StateMachineProps): void {
    const objects = keys.map((key) => `${bucket.arn}/${key}`);
    role.allow('ReadItems', ['s3:GetObject'], objects);
    if (bucket.key) role.allow('DecryptItems', ['kms:Decrypt'], [bucket.key.arn]);
  }

  /** The children of a distributed map are executions of the machine itself. */
  private runMaps(role: ServiceRole, account: DeploymentAccount): void {
    role.allow('StartChildren', ['states:StartExecution'], [this.plannedArn]);
    const executions = [':*', '/*'].map((end) =>
      account.arn('states', `execution:${this.machineName}${end}`),
    );
    role.allow('FollowChildren', ['states:DescribeExecution', 'states:StopExecution'], executions);
  }

  private keepLogs({ logRetentionDays, key }: StateMachineProps): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, 'Logs', {
      name: this.logGroupName,
      retentionInDays: logRetentionDays ?? DEFAULT_EXECUTION_LOG_DAYS,
      ...(key && { kmsKeyId: key.arn }),
    });
  }
}
