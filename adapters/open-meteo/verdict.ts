import type { QuotaPatience } from '../../core/ports/weather-source';
import type { Answer } from './exchange';

/** What to do after a try. */
export type Verdict =
  | { readonly kind: 'done' }
  | { readonly kind: 'rejected'; readonly status: number; readonly reason: string }
  | { readonly kind: 'overflow' }
  | { readonly kind: 'quota'; readonly window: QuotaPatience; readonly reason: string }
  | { readonly kind: 'concurrency'; readonly reason: string }
  | { readonly kind: 'outage'; readonly status?: number; readonly reason: string };

/** The 429's words for its window; the source sends nothing else that tells. */
const WINDOW_WORDS: readonly (readonly [RegExp, QuotaPatience])[] = [
  [/\bminutely\b/i, 'minute'],
  [/\bhourly\b/i, 'hour'],
  [/\bdaily\b/i, 'day'],
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
      return { kind: 'overflow' };
    case 'status':
      return judgeStatus(answer.status, answer.reason);
  }
}

function judgeStatus(status: number, reason: string): Verdict {
  if (status === 429) return judgeQuota(reason);
  if (status === 408 || status >= 500) return { kind: 'outage', status, reason };
  return { kind: 'rejected', status, reason };
}

/** The shortest window for a text that names none: it costs least to be wrong. */
function judgeQuota(reason: string): Verdict {
  if (CONCURRENCY_WORDS.test(reason)) return { kind: 'concurrency', reason };
  const [, window] = WINDOW_WORDS.find(([words]) => words.test(reason)) ?? [undefined, 'minute' as const];
  return { kind: 'quota', window, reason };
}

/** Weight that the source has counted for a try. Where nobody can know, all of it. */
export function costOf(answer: Answer, weight: number): number {
  if (answer.kind === 'silence') return answer.reached ? weight : 0;
  if (answer.kind !== 'status') return weight;
  return answer.status === 400 ? Math.min(1, weight) : 0;
}
