import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { ScheduleGroup } from '../schedule/schedule-group';
import { Alarm, type AlarmSetting } from './alarm';
import { messagesVisible } from './queue-metric';

/** A queue counts what lies in it all the time: five minutes are enough. */
export const DEAD_LETTERS_PERIOD_SECONDS = 300;

export interface DeliveryAlarmsProps extends AlarmSetting {
  readonly deadLetters: DeadLetterQueue;
  readonly group: ScheduleGroup;
}

/** Dead letters, and schedules that could not hand their event over. */
export class DeliveryAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DeliveryAlarmsProps,
  ) {
    super(scope, id);
    this.deadLetters();
    this.schedule('TargetErrors', 'TargetErrorCount', 'was refused by its target and may be tried again');
    this.schedule('Dropped', 'InvocationDroppedCount', 'was given up after all of its tries');
    this.schedule('DeadLettered', 'InvocationsSentToDeadLetterCount', 'went to the dead-letter queue');
    this.schedule(
      'LostLetters',
      'InvocationsFailedToBeSentToDeadLetterCount',
      'was given up, and the dead-letter queue did not take it',
    );
  }

  private deadLetters(): void {
    const { queueName } = this.props.deadLetters;
    new Alarm(this, 'DeadLetters', {
      ...this.props,
      name: 'dead-letters',
      metric: messagesVisible(queueName),
      periodSeconds: DEAD_LETTERS_PERIOD_SECONDS,
      text: {
        happened: `an event failed for good and lies in ${queueName}`,
        meaning: 'the days that the event asked for are missing or are still their former version',
        firstStep: 'read the message: it names the event, the error and the request',
        anchor: 'dead-letters',
      },
    });
  }

  private schedule(id: ScheduleAlarmId, metricName: string, happened: string): void {
    const { groupName } = this.props.group;
    new Alarm(this, id, {
      ...this.props,
      name: SCHEDULE_ALARM_NAMES[id],
      metric: {
        namespace: 'AWS/Scheduler',
        name: metricName,
        statistic: 'Sum',
        dimensions: { ScheduleGroup: groupName },
      },
      text: {
        happened: `an event of the schedules in ${groupName} ${happened}`,
        meaning: 'unless a later try succeeded, the day was not fetched',
        firstStep:
          'see whether the target and the role of the schedule still exist, then run the day by hand',
        anchor: 'schedule-delivery',
      },
    });
  }
}

type ScheduleAlarmId = keyof typeof SCHEDULE_ALARM_NAMES;

const SCHEDULE_ALARM_NAMES = {
  TargetErrors: 'schedule-target-errors',
  Dropped: 'schedule-dropped',
  DeadLettered: 'schedule-dead-lettered',
  LostLetters: 'schedule-lost-letters',
} as const;
