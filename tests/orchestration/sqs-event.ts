import type { SQSEvent } from 'aws-lambda';
import type { HandedMessage } from './memory-fifo-queue';

/** Messages as Lambda hands them to a function. */
export function sqsEvent(messages: readonly HandedMessage[]): SQSEvent {
  return {
    Records: messages.map(({ id, receipt, body, group, sentAt }) => ({
      messageId: id,
      receiptHandle: receipt,
      body,
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(sentAt),
        SenderId: 'sender',
        ApproximateFirstReceiveTimestamp: '0',
        MessageGroupId: group,
      },
      messageAttributes: {},
      md5OfBody: '',
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:weather-dev-requests.fifo',
      awsRegion: 'eu-central-1',
    })),
  };
}
