import type { StateMachine } from '../state-machine/state-machine';
import type { AlarmMetric } from './alarm';

/** What Step Functions counts of a state machine. */
export function executionMetric(name: string, { arn }: Pick<StateMachine, 'arn'>): AlarmMetric {
  return { namespace: 'AWS/States', name, statistic: 'Sum', dimensions: { StateMachineArn: arn } };
}
