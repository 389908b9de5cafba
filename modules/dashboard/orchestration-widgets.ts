import type { AlarmMetric } from '../alarms/alarm';
import { executionMetric } from '../alarms/execution-metric';
import { ageOfOldestMessage, messagesHidden, messagesVisible } from '../alarms/queue-metric';
import type { BufferedQueue } from '../buffered-queue/buffered-queue';
import type { StateMachine } from '../state-machine/state-machine';
import { graph, type Widget } from './widgets';

const HOUR = 3600;
const EXECUTIONS = ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut'];

/** What runs that outgrow one function are made of. */
export interface Orchestration {
  readonly machine: StateMachine;
  readonly buffer: BufferedQueue;
  /** Age of the oldest request, as the function measures it that takes them from the queue. */
  readonly requestAge: AlarmMetric;
}

/** Do runs end, do requests move, and which were given up. */
export function orchestrationWidgets(
  { machine, buffer, requestAge }: Orchestration,
  region: string,
): Widget[] {
  const { queueName, deadLetters } = buffer;
  const hourly = { region, periodSeconds: HOUR };
  return [
    graph({
      ...hourly,
      title: 'Executions',
      metrics: EXECUTIONS.map((name) => executionMetric(name, machine)),
    }),
    graph({
      ...hourly,
      title: 'Requests in the buffer',
      metrics: [messagesVisible(queueName), messagesHidden(queueName)],
    }),
    graph({
      ...hourly,
      title: 'Age of the oldest request, s',
      metrics: [requestAge, ageOfOldestMessage(queueName)],
    }),
    graph({ ...hourly, title: 'Dead requests', metrics: [messagesVisible(deadLetters.queueName)] }),
  ];
}
