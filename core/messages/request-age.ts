import { readMessage } from './read-message';

/** A message as the queue hands it out. */
export interface TimedMessage {
  readonly body: string;
  /** When this message was sent, milliseconds since the epoch. */
  readonly sentAt: number;
}

/**
 * Seconds since the request was first sent. A retry is a new message, which carries the time of the first one. A message
 * that carries none, or that cannot be read, counts from its own sending.
 *
 * @param now milliseconds since the epoch
 */
export function requestAgeSeconds({ body, sentAt }: TimedMessage, now: number): number {
  const read = readMessage(body);
  const first = 'message' in read ? read.message.first_sent : null;
  const since = first === null ? sentAt : Math.min(sentAt, Date.parse(first));
  return Math.max(0, (now - since) / 1000);
}
