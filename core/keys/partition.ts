import { type Day, parseDay } from '../time/day';

/** The grain of a partition, decided here alone. */
export const PARTITION_COLUMN = 'date';

/** The folder of a partition: `date=YYYY-MM-DD`. */
export function partitionFolder(day: Day): string {
  return `${PARTITION_COLUMN}=${day}`;
}

/** The day of a partition folder, or `undefined` when the text is none. */
export function partitionDay(folder: string): Day | undefined {
  return folder.startsWith(`${PARTITION_COLUMN}=`)
    ? parseDay(folder.slice(PARTITION_COLUMN.length + 1))
    : undefined;
}
