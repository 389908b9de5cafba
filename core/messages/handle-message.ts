import { sha256 } from '../hash';
import type { DeadLetter } from './fetch-message';
import { letterItemIn } from './letter-item';
import type { MessageCounts } from './message-counts';
import { type MessageFate, MessageInHand } from './message-in-hand';
import type { MessageParts } from './message-parts';
import { readMessage, type UnreadMessage } from './read-message';

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
  const item = letterItemIn(body);
  const letter: DeadLetter = {
    item,
    reason: { name, message },
    attempts: 1,
    execution: item?.execution ?? null,
    first_sent: null,
    died_at: new Date(clock.now()).toISOString(),
  };
  // A group of its own: whoever takes a letter hides what else is in its group.
  const hash = sha256(body);
  await deadLetters.send({ body: JSON.stringify(letter), group: hash, deduplicationId: hash });
  if (token !== undefined) await tokens.fail(token, { name, message });
}
