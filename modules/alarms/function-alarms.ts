import { Construct } from 'constructs';
import type { BundledFunction } from '../bundled-function/bundled-function';
import { Alarm, type AlarmMetric, type AlarmSetting } from './alarm';

/** Share of its time limit from which a function is said to come near it. */
export const DURATION_NEAR_LIMIT = 0.8;

/** Of errors that are tried again: what goes on for so long does not pass of itself. */
const PERSISTENT = { periodSeconds: 300, periods: 3 } as const;
const PERSISTENT_MINUTES = (PERSISTENT.periodSeconds * PERSISTENT.periods) / 60;

export interface FunctionAlarmsProps extends AlarmSetting {
  readonly target: BundledFunction;
  /** Name of the function in the alarms' names: `ingest`. */
  readonly shortName: string;
  /** What it means for readers when the function does not do its work; a sentence without its full stop. */
  readonly meaning: string;
  /**
   * Whether a state machine tries again what fails and tells how it ended. Then errors are worth a page only if they go on.
   * @default false
   */
  readonly isRetried?: boolean;
  /**
   * How the function is called. Lambda keeps and retries only `event` invocations, so that only they can be lost.
   * @default event
   */
  readonly invocation?: 'event' | 'synchronous';
}

/** Errors, throttles, duration near the limit, and events that failed and could not be put in the failure queue. */
export class FunctionAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: FunctionAlarmsProps,
  ) {
    super(scope, id);
    this.errors();
    this.throttles();
    this.duration();
    if (props.invocation !== 'synchronous') this.lostFailures();
  }

  private errors(): void {
    const { target, meaning, isRetried = false } = this.props;
    new Alarm(this, 'Errors', {
      ...this.props,
      ...(isRetried ? PERSISTENT : {}),
      name: `${this.props.shortName}-errors`,
      metric: this.metric('Errors', 'Sum'),
      text: {
        happened: isRetried
          ? `${target.functionName} ended with errors for ${PERSISTENT_MINUTES} minutes, in spite of its retries`
          : `${target.functionName} ended with an error`,
        meaning,
        firstStep: `read the error and what it lists as failed in the log group ${target.logGroupName}`,
        anchor: 'function-errors',
      },
    });
  }

  private throttles(): void {
    const { target, meaning } = this.props;
    new Alarm(this, 'Throttles', {
      ...this.props,
      name: `${this.props.shortName}-throttles`,
      metric: this.metric('Throttles', 'Sum'),
      text: {
        happened: `${target.functionName} was called while no concurrency was left for it`,
        meaning: `nothing yet, the event is tried again for hours; then ${meaning}`,
        firstStep: 'find the run that takes so long, or the second caller, in the log group',
        anchor: 'throttles',
      },
    });
  }

  private duration(): void {
    const { target, meaning } = this.props;
    new Alarm(this, 'Duration', {
      ...this.props,
      name: `${this.props.shortName}-duration`,
      metric: this.metric('Duration', 'Maximum'),
      threshold: target.timeoutSeconds * 1000 * DURATION_NEAR_LIMIT,
      text: {
        happened: `${target.functionName} ran for more than ${DURATION_NEAR_LIMIT * 100} % of its ${target.timeoutSeconds} s`,
        meaning: `nothing yet; once it does not end in time, ${meaning}`,
        firstStep: 'see which stage took the time in the trace, and whether the source was slow',
        anchor: 'duration-near-the-limit',
      },
    });
  }

  private lostFailures(): void {
    const { target, meaning } = this.props;
    new Alarm(this, 'LostFailures', {
      ...this.props,
      name: `${this.props.shortName}-lost-failures`,
      metric: this.metric('DestinationDeliveryFailures', 'Sum'),
      text: {
        happened: `an event that ${target.functionName} failed on could not be put in the failure queue`,
        meaning: `${meaning}, and no dead letter says so`,
        firstStep: "check the queue's policy and key, then run the days again by hand",
        anchor: 'lost-failures',
      },
    });
  }

  private metric(name: string, statistic: AlarmMetric['statistic']): AlarmMetric {
    const dimensions = { FunctionName: this.props.target.functionName };
    return { namespace: 'AWS/Lambda', name, statistic, dimensions };
  }
}
