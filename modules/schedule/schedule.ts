import {
  SchedulerSchedule,
  type SchedulerScheduleFlexibleTimeWindow,
  type SchedulerScheduleTarget,
} from '@cdktf/provider-aws/lib/scheduler-schedule';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { ProjectKey } from '../encryption-key/encryption-key';
import { ServiceRole } from '../service-role/service-role';
import type { ScheduleGroup } from './schedule-group';
import type { ScheduleTarget } from './schedule-target';

export const DEFAULT_TIMEZONE = 'UTC';
/** Minutes after its time within which the event may be sent; 0 sends it at once. */
export const DEFAULT_FLEXIBLE_WINDOW_MINUTES = 0;
/** Further tries to hand the event over. */
export const DEFAULT_DELIVERY_ATTEMPTS = 10;
/** Age at which an event that cannot be handed over becomes a dead letter: one hour. */
export const DEFAULT_DELIVERY_AGE_SECONDS = 3600;
/** EventBridge Scheduler puts the time of the schedule in its place. */
export const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>';

export interface ScheduleProps {
  readonly account: DeploymentAccount;
  readonly group: ScheduleGroup;
  /** Name of its role, too, and so unique in the account. */
  readonly scheduleName: string;
  /** What happens then, for the console. */
  readonly description: string;
  /** `cron(30 10 * * ? *)`, `rate(1 hour)`. */
  readonly expression: string;
  readonly target: ScheduleTarget;
  /** The event, written as it stands; `SCHEDULED_TIME` in it becomes the time of the schedule. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Where an event goes that could not be handed over. */
  readonly deadLetters: DeadLetterQueue;
  /**
   * IANA time zone in which the expression is read.
   * @default DEFAULT_TIMEZONE
   */
  readonly timezone?: string;
  /** @default DEFAULT_FLEXIBLE_WINDOW_MINUTES */
  readonly flexibleWindowMinutes?: number;
  /** @default DEFAULT_DELIVERY_ATTEMPTS */
  readonly maxAttempts?: number;
  /** @default DEFAULT_DELIVERY_AGE_SECONDS */
  readonly maxAgeSeconds?: number;
  /**
   * `false` keeps the schedule and sends nothing.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Encrypts the schedule with this key.
   * @default a key of the service
   */
  readonly key?: ProjectKey | undefined;
  /**
   * The most that the schedule's role may ever do.
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string | undefined;
}

/** Starts one target by the clock, with a role of its own that may do only that. */
export class Schedule extends Construct {
  readonly scheduleName: string;

  constructor(scope: Construct, id: string, props: ScheduleProps) {
    super(scope, id);
    this.scheduleName = props.scheduleName;
    const role = this.ownRole(props);
    new SchedulerSchedule(this, 'Schedule', {
      name: props.scheduleName,
      groupName: props.group.groupName,
      description: props.description,
      scheduleExpression: props.expression,
      scheduleExpressionTimezone: props.timezone ?? DEFAULT_TIMEZONE,
      state: (props.enabled ?? true) ? 'ENABLED' : 'DISABLED',
      flexibleTimeWindow: flexibleWindow(props.flexibleWindowMinutes ?? DEFAULT_FLEXIBLE_WINDOW_MINUTES),
      ...(props.key && { kmsKeyArn: props.key.arn }),
      target: this.delivery(props, role),
      dependsOn: [role.policy],
    });
  }

  private ownRole(props: ScheduleProps): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      account: props.account,
      roleName: props.scheduleName,
      description: `Schedule ${props.scheduleName}`,
      service: 'scheduler.amazonaws.com',
      sourceArn: props.group.arn,
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    props.target.allowStart(role);
    props.deadLetters.allowSend(role);
    if (props.key) {
      role.allow('DecryptSchedule', ['kms:Decrypt'], [props.key.arn], {
        StringEquals: {
          'kms:EncryptionContext:aws:scheduler:schedule:arn': props.group.scheduleArn(props.scheduleName),
        },
      });
    }
    return role;
  }

  /** The input is a literal: Terraform's jsonencode would escape the `<` of `SCHEDULED_TIME`, and Scheduler not know it. */
  private delivery(props: ScheduleProps, role: ServiceRole): SchedulerScheduleTarget {
    return {
      arn: props.target.arn,
      roleArn: role.arn,
      input: JSON.stringify(props.input),
      deadLetterConfig: { arn: props.deadLetters.arn },
      retryPolicy: {
        maximumRetryAttempts: props.maxAttempts ?? DEFAULT_DELIVERY_ATTEMPTS,
        maximumEventAgeInSeconds: props.maxAgeSeconds ?? DEFAULT_DELIVERY_AGE_SECONDS,
      },
    };
  }
}

function flexibleWindow(minutes: number): SchedulerScheduleFlexibleTimeWindow {
  return minutes === 0 ? { mode: 'OFF' } : { mode: 'FLEXIBLE', maximumWindowInMinutes: minutes };
}
