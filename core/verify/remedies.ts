import type { RawPart } from '../keys/raw-keys';
import type { DatePlace } from './verify-parts';

/** Makes the objects and the manifest of a date again from what is kept in raw. */
export function replayAgain({ pipeline, day }: DatePlace): string {
  return `Make the day again from raw, with the pipeline ${pipeline}: ingest-weather replay --date ${day}`;
}

/** Asks the source once more, which writes what raw lacks. */
export function askAgain({ pipeline, from, to }: Pick<RawPart, 'pipeline' | 'from' | 'to'>): string {
  return `ask the source again, with the pipeline ${pipeline}: ingest-weather backfill --from ${from} --to ${to} --force`;
}
