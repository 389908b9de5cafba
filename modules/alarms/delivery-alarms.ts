import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { ScheduleGroup } from '../schedule/schedule-group';
import type { AlarmSetting } from './alarm';

export interface DeliveryAlarmsProps extends AlarmSetting {
  readonly deadLetters: DeadLetterQueue;
  readonly group: ScheduleGroup;
}

/** Dead letters, and schedules that could not hand their event over. */
export class DeliveryAlarms extends Construct {
  constructor(scope: Construct, id: string, _props: DeliveryAlarmsProps) {
    super(scope, id);
  }
}
