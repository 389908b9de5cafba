import { sha256 } from '../hash';
import type { DeadLetter } from './fetch-message';
import type { MessageCounts } from './message-counts';
import { type MessageFate, MessageInHand } from './message-in-hand';
import type { MessageParts } from './message-parts';
import { readMessage, type UnreadMessage } from './read-message';

const UNREAD_GROUP = 'unread';

export interface ReceivedMessage {
  readonly body: string;
  readonly receipt: string;
}

/**
 * Brings one message to an end, or leaves it for later. What it promises is sent before the message is deleted, so that
 * nothing is lost when the process ends in between: then something is done twice, which does no harm.
 *
 * @throws MessagingError, StorageError when it cannot be told what became of the message, which then stays
 */
export async function handleMessage(
  parts: MessageParts,
  received: ReceivedMessage,
  counts: MessageCounts,
): Promise<MessageFate> {
  const read = readMessage(received.body);
  if ('message' in read) return new MessageInHand(parts, read.message, counts).handle(received.receipt);
  await giveUpUnread(parts, received, read);
  counts.RequestsFailed += 1;
  return 'done';
}

async function giveUpUnread(
  { deadLetters, tokens, clock, logger }: MessageParts,
  { body }: ReceivedMessage,
  { error, token }: UnreadMessage,
): Promise<void> {
  const { name, message } = error;
  logger.error('A message cannot be read', { error: name, reason: message });
  const letter: DeadLetter = {
    item: null,
    reason: { name, message },
    attempts: 1,
    execution: null,
    first_sent: null,
    died_at: new Date(clock.now()).toISOString(),
  };
  const deduplicationId = sha256(body);
  await deadLetters.send({ body: JSON.stringify(letter), group: UNREAD_GROUP, deduplicationId });
  if (token !== undefined) await tokens.fail(token, { name, message });
}
