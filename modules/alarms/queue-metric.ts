import type { AlarmMetric } from './alarm';

/** Messages of a queue that may be received. */
export function messagesVisible(queueName: string): AlarmMetric {
  return queueMetric('ApproximateNumberOfMessagesVisible', queueName);
}

/** Seconds since the oldest message was sent, of those that were received less than three times. */
export function ageOfOldestMessage(queueName: string): AlarmMetric {
  return queueMetric('ApproximateAgeOfOldestMessage', queueName);
}

/** Messages that were received and are hidden until they are done or their time is over. */
export function messagesHidden(queueName: string): AlarmMetric {
  return queueMetric('ApproximateNumberOfMessagesNotVisible', queueName);
}

function queueMetric(name: string, queueName: string): AlarmMetric {
  return { namespace: 'AWS/SQS', name, statistic: 'Maximum', dimensions: { QueueName: queueName } };
}
