import { ConfigError, DamagedObjectError, IngestError } from '../core/errors';
import { dayRanges } from '../core/status/day-ranges';
import type { DamagedDay } from '../core/status/lake-status';
import { parseDay } from '../core/time/day';
import { rangeText } from './text/range-text';

/** Something that failed, and with what. */
export interface Failure {
  /** A date, a request, a file. */
  readonly what: string;
  readonly error: IngestError;
}

/** Days of which only that is known: their manifests are damaged. */
export function damagedDays(damaged: readonly DamagedDay[]): Failure[] {
  return damaged.map(({ date, reason }) => ({ what: date, error: new DamagedObjectError(reason) }));
}

/** An error as a machine reads it. */
export function errorDocument(error: unknown): Record<string, unknown> {
  if (!(error instanceof IngestError)) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    return { name, message, retryable: false, context: {} };
  }
  const { name, message, retryable, context } = error;
  return {
    name,
    message,
    retryable,
    context,
    ...(error instanceof ConfigError ? { problems: error.problems } : {}),
  };
}

/** An error as a person reads it: its message, which says the way out; where it was raised only on request or when nobody foresaw it. */
export function errorText(error: unknown, verbose: boolean): string {
  if (error instanceof IngestError && !verbose) return `${error.name}: ${error.message}`;
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\nCaused by: ${errorText(error.cause, verbose)}`;
  return `${error.stack ?? error.message}${cause}`;
}

/** Failures with equal errors told once, days in a row as ranges. */
export function failuresText(failures: readonly Failure[], verbose: boolean): string {
  const groups = new Map<string, string[]>();
  for (const { what, error } of failures) {
    const text = errorText(error, verbose);
    groups.set(text, groups.get(text) ?? []);
    groups.get(text)!.push(what);
  }
  return [...groups].map(([text, whats]) => `Failed: ${namesOf(whats)}\n${text}`).join('\n\n');
}

function namesOf(whats: readonly string[]): string {
  const others = whats.filter((what) => parseDay(what) === undefined);
  const days = whats.flatMap((what) => parseDay(what) ?? []);
  return [...others, ...dayRanges(days).map(rangeText)].join(', ');
}
