import { StorageError } from '../errors';
import { type FailureRecord, failureRecord } from '../failure-record';
import { sha256 } from '../hash';
import { noteFailure } from '../orchestration/request-end';
import { decideOnOutcome, decideOnReceipt, type MessageAction } from './decide-message';
import type { DeadLetter, FetchMessage } from './fetch-message';
import { type FetchResult, fetchRequest } from './fetch-request';
import type { MessageCounts } from './message-counts';
import type { MessageParts } from './message-parts';

/** `done`: delete it. `held`: leave it, and whatever follows it in its group. */
export type MessageFate = 'done' | 'held';

/** One message that was read. */
export class MessageInHand {
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
    const { deadLetters, tokens, clock } = this.parts;
    const { task_token, item, attempt, first_sent } = this.message;
    const { name, message } = failure;
    const reason = { name, message };
    await this.note(failure);
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

  /** The next step of the run does without a note, but nobody else does without the letter and the end of the task. */
  private async note(failure: FailureRecord): Promise<void> {
    const { processed, pipelineName: pipeline, logger } = this.parts;
    const { run_id: runId, n, request_id } = this.message.item;
    try {
      await noteFailure(processed, { pipeline, runId, n }, failure);
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      const facts = { run_id: runId, request_id, error: error.name, reason: error.message };
      logger.error('The end of a request could not be noted', { ...error.context, ...facts });
    }
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
