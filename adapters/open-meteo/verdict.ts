import type { QuotaPatience } from '../../core/ports/weather-source';
import type { AddressMistake } from './address-mistake';
import type { Answer } from './exchange';

/** The source's own words, and when it wants to be asked again if it says so: milliseconds since the epoch. */
interface Refusal {
  readonly reason: string;
  readonly retryAt?: number;
}

/** What to do after a try. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly status: number; readonly reason: string }
  | { readonly kind: 'overflow' }
  | { readonly kind: 'misaddressed'; readonly mistake: AddressMistake; readonly reason: string }
  | ({ readonly kind: 'quota'; readonly window: QuotaPatience } & Refusal)
  | ({ readonly kind: 'concurrency' } & Refusal)
  | ({ readonly kind: 'outage'; readonly status?: number } & Refusal);

/** The 429's words for its window; the source sends nothing else that tells. */
const WINDOW_WORDS: readonly (readonly [RegExp, QuotaPatience])[] = [
  [/\bminutely\b.*\blimit\b/i, 'minute'],
  [/\bhourly\b.*\blimit\b/i, 'hour'],
  [/\bdaily\b.*\blimit\b/i, 'day'],
];
const CONCURRENCY_WORDS = /\bconcurrent\b/i;

export function judge(answer: Answer): Verdict {
  switch (answer.kind) {
    case 'body':
      return answer.flaw === undefined
        ? { kind: 'done' }
        : { kind: 'outage', status: 200, reason: answer.flaw };
    case 'silence':
      return { kind: 'outage', reason: answer.reason };
    case 'overflow':
    case 'misaddressed':
      return answer;
    case 'status':
      return judgeStatus(answer);
  }
}

function judgeStatus({ status, reason, retryAt }: Extract<Answer, { kind: 'status' }>): Verdict {
  const refusal = { reason, ...(retryAt === undefined ? {} : { retryAt }) };
  if (status === 429) return judgeQuota(refusal);
  if (status === 408 || status >= 500) return { kind: 'outage', status, ...refusal };
  return { kind: 'rejected', status, reason };
}

/** A 429 that names no window comes from a proxy as likely as from the source, so nothing is known of a quota. */
function judgeQuota(refusal: Refusal): Verdict {
  if (CONCURRENCY_WORDS.test(refusal.reason)) return { kind: 'concurrency', ...refusal };
  const [, window] = WINDOW_WORDS.find(([words]) => words.test(refusal.reason)) ?? [];
  return window === undefined
    ? { kind: 'outage', status: 429, ...refusal }
    : { kind: 'quota', window, ...refusal };
}

/** Weight that the source has counted for a try. Where nobody can know, all of it. */
export function costOf(answer: Answer, weight: number): number {
  if (answer.kind === 'misaddressed') return 0;
  if (answer.kind === 'silence') return answer.reached ? weight : 0;
  if (answer.kind !== 'status') return weight;
  return answer.status === 400 ? Math.min(1, weight) : 0;
}
