import type { Context, SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import { startDeadline } from '../../adapters/lambda/deadline';
import type { FunctionLogger } from '../../adapters/powertools/function-logger';
import { publishCounts } from '../../adapters/powertools/publish-counts';
import { checkedInput } from '../../core/checked-input';
import { MessagingError } from '../../core/errors';
import { failureRecord } from '../../core/failure-record';
import { handleMessage } from '../../core/messages/handle-message';
import { type MessageCounts, noMessages } from '../../core/messages/message-counts';
import type { MessageParts } from '../../core/messages/message-parts';
import { requestAgeSeconds } from '../../core/messages/request-age';

/** Of a message that could not be brought to an end. */
const SECONDS_LEFT_ALONE = 60;

const eventSchema = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      receiptHandle: z.string(),
      body: z.string(),
      attributes: z.object({
        MessageGroupId: z.string().optional(),
        /** Milliseconds since the epoch. */
        SentTimestamp: z.string().regex(/^\d+$/),
      }),
    }),
  ),
});
type MessageRecord = z.output<typeof eventSchema>['Records'][number];

/** What the function works with, for as long as its process lives. */
export interface FetchFunction extends Omit<MessageParts, 'signal' | 'logger'> {
  /** Name of the environment. */
  readonly environment: string;
  readonly logger: FunctionLogger;
}

/**
 * Sends the requests that messages of the buffer ask for. Messages that are to stay are told by name, and no error.
 *
 * @throws ConfigError when the event is none of a queue
 */
export async function fetchWeather(
  event: unknown,
  context: Context,
  parts: FetchFunction,
): Promise<SQSBatchResponse> {
  const { environment, pipelineName: pipeline, logger } = parts;
  const dimensions = { environment, pipeline };
  logger.begin(context);
  logger.bind(dimensions);
  const { Records: records } = checkedInput(eventSchema, event, 'The event cannot be used:');
  const deadline = startDeadline(context.getRemainingTimeInMillis());
  const counts = noMessages();
  const ages = agesOf(records, parts.clock.now());
  try {
    const batch = new MessageBatch({ ...parts, signal: deadline.signal }, counts);
    for (const record of records) await batch.handle(record);
    return { batchItemFailures: batch.held.map((itemIdentifier) => ({ itemIdentifier })) };
  } finally {
    deadline.end();
    publishCounts({ ...counts }, dimensions, ages);
  }
}

/** Measured at the receipt, since the queue's own metric leaves out what was received three times. */
function agesOf(records: readonly MessageRecord[], now: number): { readonly OldestRequestAge?: number } {
  if (records.length === 0) return {};
  const ages = records.map(({ body, attributes }) =>
    requestAgeSeconds({ body, sentAt: Number(attributes.SentTimestamp) }, now),
  );
  return { OldestRequestAge: Math.max(...ages) };
}

class MessageBatch {
  /** Ids of messages that stay in the queue. */
  readonly held: string[] = [];
  /** Groups in which a message stays: what follows it must not pass it. */
  private readonly heldGroups = new Set<string | undefined>();

  constructor(
    private readonly parts: MessageParts,
    private readonly counts: MessageCounts,
  ) {}

  async handle(record: MessageRecord): Promise<void> {
    const group = record.attributes.MessageGroupId;
    const isDone = !this.heldGroups.has(group) && (await this.isDone(record));
    if (isDone) return;
    this.held.push(record.messageId);
    this.heldGroups.add(group);
  }

  private async isDone({ body, receiptHandle: receipt, messageId }: MessageRecord): Promise<boolean> {
    try {
      return (await handleMessage(this.parts, { body, receipt }, this.counts)) === 'done';
    } catch (error) {
      const { name, message, context } = failureRecord(error);
      const facts = { message_id: messageId, error: name, reason: message };
      this.parts.logger.error('A message stays in the queue', { ...context, ...facts });
      this.counts.MessagesLeft += 1;
      await this.comeBackSoon(receipt);
      return false;
    }
  }

  /** Otherwise the message, and its group, would wait for as long as a function that died is waited for. */
  private async comeBackSoon(receipt: string): Promise<void> {
    try {
      await this.parts.buffer.hide(receipt, SECONDS_LEFT_ALONE);
    } catch (error) {
      if (!(error instanceof MessagingError)) throw error;
      this.parts.logger.warn('The message comes back late', { reason: error.message, ...error.context });
    }
  }
}
