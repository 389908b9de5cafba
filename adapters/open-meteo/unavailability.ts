import { type ErrorContext, SourceUnavailableError } from '../../core/errors';
import type { QuotaPatience } from '../../core/ports/weather-source';

/** @param until milliseconds since the epoch */
export function quotaExhausted(
  window: QuotaPatience,
  until: number,
  facts: ErrorContext,
): SourceUnavailableError {
  const retryAt = new Date(until).toISOString();
  const message = `Open-Meteo's quota of this ${window} is used up. Try again from ${retryAt}, or allow longer waits.`;
  return new SourceUnavailableError(message, { context: { ...facts, window, retry_at: retryAt } });
}

/** @param until milliseconds since the epoch */
export function tooManyAtOnce(until: number, facts: ErrorContext): SourceUnavailableError {
  const message =
    'Open-Meteo is busy with other requests of this address. Try again later, or from an address of your own.';
  const context = { ...facts, retry_at: new Date(until).toISOString() };
  return new SourceUnavailableError(message, { context });
}

/** @param last what became of the last try; no status where there was no answer */
export function outOfOrder(
  last: { readonly status?: number | undefined; readonly reason: string },
  facts: ErrorContext & { readonly attempts: number },
): SourceUnavailableError {
  const { status = null, reason } = last;
  const said = [status, reason].filter((part) => part !== null && part !== '').join(', ');
  const message = `Open-Meteo could not be had (tries: ${facts.attempts}, last: ${said}). Try again later.`;
  return new SourceUnavailableError(message, { context: { ...facts, status, last_reason: reason } });
}
