export interface ReceivedLetter {
  readonly body: string;
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
  giveBack(receipt: string): Promise<void>;
  delete(receipt: string): Promise<void>;
}
