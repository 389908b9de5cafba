import { Construct } from 'constructs';
import type { StateMachine } from '../state-machine/state-machine';
import { Alarm, type AlarmSetting, type AlarmText } from './alarm';
import { executionMetric } from './execution-metric';

export interface ExecutionAlarmsProps extends AlarmSetting {
  readonly machine: StateMachine;
}

/** Executions that failed, that ran out of time, and that Step Functions held back. */
export class ExecutionAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ExecutionAlarmsProps,
  ) {
    super(scope, id);
    const { machineName } = props.machine;
    this.raise('ExecutionsFailed', 'executions-failed', {
      happened: `an execution of ${machineName} failed`,
      meaning: 'days of its run are missing or are still their former version; the others are published',
      firstStep: 'read the error and cause of the execution; they list the days',
      anchor: 'executions-failed',
    });
    this.raise('ExecutionsTimedOut', 'executions-timed-out', {
      happened: `an execution of ${machineName} ran out of its days`,
      meaning: 'the days of its run are not published',
      firstStep: 'see in its map runs how many requests were left, and what the queue waited for',
      anchor: 'executions-timed-out',
    });
    this.raise('ExecutionThrottled', 'executions-throttled', {
      happened: `Step Functions held steps of ${machineName} back`,
      meaning: 'nothing yet; runs take longer',
      firstStep: 'see what else in the account starts executions or changes states',
      anchor: 'executions-throttled',
    });
  }

  private raise(metric: string, name: string, text: AlarmText): void {
    new Alarm(this, metric, {
      ...this.props,
      name,
      metric: executionMetric(metric, this.props.machine),
      text,
    });
  }
}
