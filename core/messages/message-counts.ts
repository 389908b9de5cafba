/** What is counted of messages, by name. */
export interface MessageCounts {
  /** Answered by the source. */
  RequestsSent: number;
  /** Given up. */
  RequestsFailed: number;
  /** Failed, and sent to the tail of their group. */
  RequestsRetried: number;
  /** Left in the queue, out of sight, until a window of the quota or an outage has passed. */
  RequestsHeld: number;
  /** Messages that stay since nobody could be told what became of them. */
  MessagesLeft: number;
  /** Messages whose task no longer waited. */
  TokensGone: number;
}

export function noMessages(): MessageCounts {
  return {
    RequestsSent: 0,
    RequestsFailed: 0,
    RequestsRetried: 0,
    RequestsHeld: 0,
    MessagesLeft: 0,
    TokensGone: 0,
  };
}
