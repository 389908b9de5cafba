const MS_PER_SECOND = 1000;
/** No refusal is believed for longer: 31 days. */
const LONGEST_MS = 31 * 86_400 * MS_PER_SECOND;
/** An HTTP date names GMT; the old form without a zone is not read, since it would be taken for local time. */
const HTTP_DATE = /^[A-Z][a-z]+, .+ GMT$/;

/**
 * The instant that `Retry-After` asks to wait for, on the clock of `now`; `undefined` where it is missing or unreadable.
 * Milliseconds since the epoch. A date is compared with the answer's own `Date`, so a wrong clock on either side does no harm.
 */
export function retryAfter(headers: Headers, now: number): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  const delay = /^\d+$/.test(text) ? Number(text) * MS_PER_SECOND : delayUntil(text, headers, now);
  return delay === undefined ? undefined : now + Math.min(LONGEST_MS, Math.max(0, delay));
}

function delayUntil(text: string, headers: Headers, now: number): number | undefined {
  const instant = httpDate(text);
  return instant === undefined ? undefined : instant - (httpDate(headers.get('date') ?? '') ?? now);
}

function httpDate(text: string): number | undefined {
  const instant = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}
