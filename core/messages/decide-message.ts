import { IngestError, SourceUnavailableError } from '../errors';
import { type FailureRecord, failureRecord } from '../failure-record';
import type { FetchMessage } from './fetch-message';

const MINUTE_MS = 60_000;

/** Between the first failure and the second attempt. */
export const FIRST_BACKOFF_MS = MINUTE_MS;
/** It doubles up to this. */
export const MAX_BACKOFF_MS = 60 * MINUTE_MS;
/** So many that an outage of six hours is outlasted: 1 + 2 + 4 + 8 + 16 + 32 + 5 x 60 minutes lie between them. */
export const MAX_ATTEMPTS = 12;
/** A queue hides a message for 12 hours after its receipt at most. */
export const MAX_HIDE_SECONDS = 11 * 3600;

/** What to do with a message that was received. */
export type MessageAction =
  /** Send the request to the source. */
  | { readonly type: 'fetch' }
  /** Leave the message where it is, out of sight, and its group with it. */
  | { readonly type: 'hide'; readonly seconds: number }
  /** Its task has succeeded. */
  | { readonly type: 'succeed' }
  /** Send this to the tail of the group in place of the message. */
  | { readonly type: 'resend'; readonly message: FetchMessage }
  /** Its task has failed, and nobody tries again. */
  | { readonly type: 'give_up'; readonly failure: FailureRecord };

/** @param now milliseconds since the epoch */
export function decideOnReceipt({ not_before }: FetchMessage, now: number): MessageAction {
  const from = not_before === null ? now : Date.parse(not_before);
  return from > now ? hideUntil(from, now) : { type: 'fetch' };
}

/**
 * What follows from an attempt. What the source put off to a moment, for its quota or because it is busy with others of this
 * address, waits out of sight and is no failure. A failure that may pass, a 429 without a window included, is tried again
 * later and not before the moment that the source names. Any other failure ends the request.
 *
 * @param error `undefined` when the request was answered
 */
export function decideOnOutcome(message: FetchMessage, error: unknown, now: number): MessageAction {
  if (error === undefined) return { type: 'succeed' };
  const welcomeFrom = momentOf(error);
  if (welcomeFrom !== undefined && !isOutage(error)) return hideUntil(welcomeFrom, now);
  const isTriedAgain = isPassing(error) && message.attempt < MAX_ATTEMPTS;
  if (isTriedAgain) return { type: 'resend', message: nextAttempt(message, now, welcomeFrom) };
  return { type: 'give_up', failure: failureRecord(error) };
}

/** After so many failures, in milliseconds. @param failures from 1 */
export function backoffAfter(failures: number): number {
  return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (failures - 1));
}

/** What nobody raised on purpose may pass as well: it is tried as often. */
function isPassing(error: unknown): boolean {
  return !(error instanceof IngestError) || error.retryable;
}

function nextAttempt(message: FetchMessage, now: number, welcomeFrom = now): FetchMessage {
  const from = new Date(Math.max(welcomeFrom, now + backoffAfter(message.attempt)));
  return { ...message, attempt: message.attempt + 1, not_before: from.toISOString() };
}

function hideUntil(instant: number, now: number): MessageAction {
  const seconds = Math.ceil((instant - now) / 1000);
  return { type: 'hide', seconds: Math.min(MAX_HIDE_SECONDS, Math.max(1, seconds)) };
}

function isOutage(error: unknown): boolean {
  return error instanceof SourceUnavailableError && error.context.outage === true;
}

function momentOf(error: unknown): number | undefined {
  const text = error instanceof SourceUnavailableError ? error.context.retry_at : undefined;
  const instant = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
