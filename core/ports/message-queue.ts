/** A message for a queue that keeps the order within a group and hands out one of a group at a time. */
export interface OutgoingMessage {
  readonly body: string;
  readonly group: string;
  /** A second message with the same id within five minutes is dropped in silence. */
  readonly deduplicationId: string;
}

/** @throws MessagingError when the queue cannot be had */
export interface MessageQueue {
  send(message: OutgoingMessage): Promise<void>;
  /** Hands a message that was received out again after so many seconds, and nothing of its group before. */
  hide(receipt: string, seconds: number): Promise<void>;
}
