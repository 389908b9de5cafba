export interface ReceivedLetter {
  /** The same each time the letter is taken. */
  readonly id: string;
  readonly body: string;
  /** Of this time, and good for as long as the letter stays out of sight. */
  readonly receipt: string;
}

export interface QueueDepth {
  /** Messages that may be received. */
  readonly waiting: number;
  /** Messages that somebody has received, or that wait for a moment. */
  readonly hidden: number;
}

/** A queue that is looked into. @throws MessagingError when it cannot be asked */
export interface LetterBox {
  depth(): Promise<QueueDepth>;
  /** Takes letters out of sight for a while; who is done with one deletes it or gives it back. At most `limit`. */
  take(limit: number): Promise<readonly ReceivedLetter[]>;
  /** One that is no longer out of sight has come back by itself. @throws MessagingError when some come back later only */
  giveBack(receipts: readonly string[]): Promise<void>;
  /** @throws MessagingError when some are kept, which is told of all that were tried; the others are deleted */
  delete(receipts: readonly string[]): Promise<void>;
}
