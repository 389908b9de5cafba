import { Construct } from 'constructs';
import type { BufferedQueue } from '../buffered-queue/buffered-queue';
import { Alarm, type AlarmSetting } from './alarm';
import { type DataMetricScope, dataMetric, requestAge } from './data-metric';
import { DEAD_LETTERS_PERIOD_SECONDS } from './delivery-alarms';
import { ageOfOldestMessage, messagesVisible } from './queue-metric';

/** A request waits for one day of the quota at most, and is sent again long before; half of its task's time is left then. */
export const WAITING_HOURS = 26;
/**
 * Hours that an old request keeps the alarm up. The function hides a message for 11 hours at most; between two of its
 * receipts there is no age, which says nothing, and must not end the alarm.
 */
export const SILENT_HOURS = 12;
/** Share of the requests of an hour that failed, in per cent. */
export const FAILED_PERCENT = 5;

/** Messages left again and again, not once: each is tried again after a minute. */
const LEFT_PERIOD_SECONDS = 300;
const LEFT_PERIODS = 3;
const SECONDS_PER_HOUR = 3600;

export interface RequestAlarmsProps extends AlarmSetting, Omit<DataMetricScope, 'service'> {
  readonly buffer: BufferedQueue;
  /** `POWERTOOLS_SERVICE_NAME` of the function that counts the requests of a run at its end. */
  readonly ingestService: string;
  /** Likewise of the function that takes messages from the buffer. */
  readonly fetchService: string;
}

/** Requests that wait too long, that were given up, and how many of all that is. */
export class RequestAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RequestAlarmsProps,
  ) {
    super(scope, id);
    this.waiting();
    this.dead();
    this.failed();
    this.left();
  }

  /** What the function receives it measures itself; what is never received is seen by the queue alone. */
  private waiting(): void {
    const { environment, pipeline, fetchService: service, buffer } = this.props;
    const { queueName } = buffer;
    new Alarm(this, 'Waiting', {
      ...this.props,
      name: 'requests-waiting',
      metric: {
        expression: 'MAX([FILL(received, 0), FILL(unreceived, 0)])',
        label: 'age of the oldest request, s',
        metrics: {
          received: requestAge({ service, environment, pipeline }),
          unreceived: ageOfOldestMessage(queueName),
        },
      },
      threshold: WAITING_HOURS * SECONDS_PER_HOUR,
      periodSeconds: SECONDS_PER_HOUR,
      periods: SILENT_HOURS,
      breachingPeriods: 1,
      text: {
        happened: `a request has waited in ${queueName} for ${WAITING_HOURS} hours`,
        meaning: 'the run goes on and will publish late; a request that waits for two days is given up',
        firstStep: 'see whether the queue is received at all, and what the last line of the function says',
        anchor: 'requests-waiting',
      },
    });
  }

  private dead(): void {
    const { queueName } = this.props.buffer.deadLetters;
    new Alarm(this, 'DeadRequests', {
      ...this.props,
      name: 'dead-requests',
      metric: messagesVisible(queueName),
      periodSeconds: DEAD_LETTERS_PERIOD_SECONDS,
      text: {
        happened: `a request was given up and lies in ${queueName}`,
        meaning: 'its locations are missing from its days, which are partial or are not published',
        firstStep: 'read the reason in the letter; once its cause is gone, redrive',
        anchor: 'dead-requests',
      },
    });
  }

  private left(): void {
    const { environment, pipeline, fetchService: service, buffer } = this.props;
    new Alarm(this, 'MessagesLeft', {
      ...this.props,
      name: 'messages-left',
      metric: dataMetric('MessagesLeft', 'Sum', { service, environment, pipeline }),
      periodSeconds: LEFT_PERIOD_SECONDS,
      periods: LEFT_PERIODS,
      text: {
        happened: `messages of ${buffer.queueName} stay since nobody can be told what became of them`,
        meaning: 'requests of their groups wait; nothing is lost, and the run goes on once the cause is gone',
        firstStep:
          'read "A message stays in the queue" in the log: queue, states or bucket refuse the function',
        anchor: 'messages-left',
      },
    });
  }

  private failed(): void {
    const { environment, pipeline, ingestService: service } = this.props;
    const count = (name: string) => dataMetric(name, 'Sum', { service, environment, pipeline });
    new Alarm(this, 'FailedShare', {
      ...this.props,
      name: 'failed-requests',
      metric: {
        expression: '100 * failed / (sent + failed)',
        label: 'failed requests, %',
        metrics: { sent: count('RequestsSent'), failed: count('RequestsFailed') },
      },
      threshold: FAILED_PERCENT,
      text: {
        happened: `${FAILED_PERCENT} % or more of the requests of a run of ${pipeline} failed`,
        meaning: 'days of the run are partial or, past the share that the pipeline tolerates, not published',
        firstStep:
          'read the reasons in the dead letters of requests; one reason for all is the source or the key',
        anchor: 'failed-requests',
      },
    });
  }
}
