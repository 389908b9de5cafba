import { type ErrorContext, SourceUnavailableError } from '../../core/errors';
import type { QuotaPatience } from '../../core/ports/weather-source';

type Facts = ErrorContext & {
  /** The source's own words, where it said any. */
  readonly last_reason?: string;
};

/** @param until milliseconds since the epoch */
export function quotaExhausted(window: QuotaPatience, until: number, facts: Facts): SourceUnavailableError {
  const retryAt = isoText(until);
  const message = `Open-Meteo's quota of this ${window} is used up. Try again from ${retryAt}, or allow longer waits.${said(facts)}`;
  return new SourceUnavailableError(message, { context: { ...facts, window, retry_at: retryAt } });
}

/** @param until milliseconds since the epoch */
export function tooManyAtOnce(until: number, facts: Facts): SourceUnavailableError {
  const message = `Open-Meteo is busy with other requests of this address. Try again later, or from an address of your own.${said(facts)}`;
  const context = { ...facts, retry_at: isoText(until) };
  return new SourceUnavailableError(message, { context });
}

/** What became of the last try. */
export interface LastTry {
  /** Absent where there was no answer. */
  readonly status?: number | undefined;
  readonly reason: string;
  /** When the source wants to be asked again, where it says so. Milliseconds since the epoch. */
  readonly retryAt?: number | undefined;
}

/** The source does not serve, and no window of a quota tells why: tried again as an outage is. */
export function outOfOrder(
  { status, reason, retryAt }: LastTry,
  facts: ErrorContext & { readonly attempts: number },
): SourceUnavailableError {
  const last = [status, reason].filter((part) => part !== undefined && part !== '').join(', ');
  const when = retryAt === undefined ? 'later' : `from ${isoText(retryAt)}`;
  const message = `Open-Meteo could not be had (tries: ${facts.attempts}, last: ${last}). Try again ${when}.`;
  const instant = retryAt === undefined ? {} : { retry_at: isoText(retryAt) };
  return new SourceUnavailableError(message, {
    context: { ...facts, outage: true, status: status ?? null, last_reason: reason, ...instant },
  });
}

function said({ last_reason: reason }: Facts): string {
  return reason === undefined
    ? ''
    : ` It answered 429: ${reason === '' ? 'without a reason' : `"${reason}"`}.`;
}

function isoText(instant: number): string {
  return new Date(instant).toISOString();
}
