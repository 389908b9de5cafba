import { Construct } from 'constructs';

export interface ScheduleGroupProps {
  /** One group per environment: its metrics and permissions are its own. */
  readonly groupName: string;
}

export class ScheduleGroup extends Construct {
  readonly groupName: string = '';
  constructor(scope: Construct, id: string, _props: ScheduleGroupProps) {
    super(scope, id);
  }
}
