import { SchedulerScheduleGroup } from '@cdktf/provider-aws/lib/scheduler-schedule-group';
import { Construct } from 'constructs';
import type { DeploymentAccount } from '../deployment-account/deployment-account';

export interface ScheduleGroupProps {
  readonly account: DeploymentAccount;
  /** One group per environment: its metrics and permissions are its own. */
  readonly groupName: string;
}

export class ScheduleGroup extends Construct {
  readonly groupName: string;
  readonly arn: string;
  private readonly account: DeploymentAccount;

  constructor(scope: Construct, id: string, props: ScheduleGroupProps) {
    super(scope, id);
    this.account = props.account;
    const group = new SchedulerScheduleGroup(this, 'Group', { name: props.groupName });
    this.groupName = props.groupName;
    this.arn = group.arn;
  }

  /** ARN of a schedule of the group, known before the schedule is there. */
  scheduleArn(scheduleName: string): string {
    return this.account.arn('scheduler', `schedule/${this.groupName}/${scheduleName}`);
  }
}
