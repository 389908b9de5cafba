import { type FailureRecord, failureRecord } from '../failure-record';
import { sha256 } from '../hash';
import type { Pipeline } from '../pipeline/pipeline';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { MessageQueue } from '../ports/message-queue';
import type { ObjectStore } from '../ports/object-store';
import type { TaskTokens } from '../ports/task-tokens';
import type { WeatherSource } from '../ports/weather-source';
import { decideOnOutcome, decideOnReceipt, type MessageAction } from './decide-message';
import type { DeadLetter, FetchMessage } from './fetch-message';
import { type FetchResult, fetchRequest } from './fetch-request';
import type { PlannedRuns } from './planned-runs';
import { readMessage, type UnreadMessage } from './read-message';
import { failedWith, writeRequestEnd } from './request-end';

const UNREAD_GROUP = 'unread';

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
  /** Messages whose task no longer waited. */
  TokensGone: number;
}

export function noMessages(): MessageCounts {
  return { RequestsSent: 0, RequestsFailed: 0, RequestsRetried: 0, RequestsHeld: 0, TokensGone: 0 };
}

export interface MessageParts {
  readonly runs: PlannedRuns;
  /** Name of the pipeline whose runs these are. */
  readonly pipelineName: string;
  readonly processed: ObjectStore;
  readonly sourceOf: (pipeline: Pipeline) => Promise<WeatherSource>;
  readonly buffer: MessageQueue;
  readonly deadLetters: Pick<MessageQueue, 'send'>;
  readonly tokens: TaskTokens;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
}

export interface ReceivedMessage {
  readonly body: string;
  readonly receipt: string;
}

/** `done`: delete it. `held`: leave it, and whatever follows it in its group. */
export type MessageFate = 'done' | 'held';

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

/** One message that was read. */
class MessageInHand {
  constructor(
    private readonly parts: MessageParts,
    private readonly message: FetchMessage,
    private readonly counts: MessageCounts,
  ) {}

  async handle(receipt: string): Promise<MessageFate> {
    const action = decideOnReceipt(this.message, this.parts.clock.now());
    return this.act(action.type === 'fetch' ? await this.attempt() : action, receipt);
  }

  private async attempt(): Promise<MessageAction> {
    const { clock } = this.parts;
    try {
      if ((await this.fetch()) === 'sent') this.counts.RequestsSent += 1;
      return decideOnOutcome(this.message, undefined, clock.now());
    } catch (error) {
      const action = decideOnOutcome(this.message, error, clock.now());
      this.tell(error, action);
      return action;
    }
  }

  private async fetch(): Promise<FetchResult> {
    const { runs, sourceOf, processed, logger, signal } = this.parts;
    const { item } = this.message;
    const run = await runs.read(item.run_id);
    const source = await sourceOf(run.pipeline);
    return fetchRequest(
      { run, processed, source, logger, ...(signal === undefined ? {} : { signal }) },
      item,
    );
  }

  private async act(action: MessageAction, receipt: string): Promise<MessageFate> {
    if (action.type === 'hide') return this.hide(receipt, action.seconds);
    if (action.type === 'resend') return this.resend(action.message);
    if (action.type === 'give_up') return this.giveUp(action.failure);
    this.countToken(await this.parts.tokens.succeed(this.message.task_token));
    return 'done';
  }

  private async hide(receipt: string, seconds: number): Promise<MessageFate> {
    await this.parts.buffer.hide(receipt, seconds);
    this.counts.RequestsHeld += 1;
    return 'held';
  }

  private async resend(message: FetchMessage): Promise<MessageFate> {
    const { task_token, item, attempt } = message;
    const deduplicationId = sha256(`${task_token} ${attempt}`);
    await this.parts.buffer.send({ body: JSON.stringify(message), group: item.group, deduplicationId });
    this.counts.RequestsRetried += 1;
    return 'done';
  }

  /** The end is noted first: once the task has failed, the next step of the run may look for it. */
  private async giveUp(failure: FailureRecord): Promise<MessageFate> {
    const { deadLetters, tokens, clock, processed, pipelineName: pipeline } = this.parts;
    const { task_token, item, attempt, first_sent } = this.message;
    const { name, message } = failure;
    const reason = { name, message };
    await writeRequestEnd(processed, { pipeline, runId: item.run_id, n: item.n }, failedWith(failure));
    const letter: DeadLetter = {
      item,
      reason,
      attempts: attempt,
      execution: item.execution,
      first_sent,
      died_at: new Date(clock.now()).toISOString(),
    };
    const deduplicationId = sha256(`${task_token} dead`);
    await deadLetters.send({ body: JSON.stringify(letter), group: item.request_id, deduplicationId });
    this.countToken(await tokens.fail(task_token, reason));
    this.counts.RequestsFailed += 1;
    return 'done';
  }

  private countToken(waited: boolean): void {
    if (waited) return;
    this.counts.TokensGone += 1;
    const { run_id, request_id } = this.message.item;
    this.parts.logger.warn('A task no longer waited for its request', { run_id, request_id });
  }

  private tell(error: unknown, action: MessageAction): void {
    const { run_id, request_id, section, chunk, from, to } = this.message.item;
    const { name, message, context } = failureRecord(error);
    const facts = { run_id, request_id, section, chunk, from, to, attempt: this.message.attempt };
    const fields = { ...context, ...facts, error: name, reason: message };
    const { logger } = this.parts;
    if (action.type === 'hide') logger.info('A request waits for the quota', fields);
    else if (action.type === 'resend')
      logger.warn('A request failed and is tried again', {
        ...fields,
        not_before: action.message.not_before,
      });
    else logger.error('A request failed', fields);
  }
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
