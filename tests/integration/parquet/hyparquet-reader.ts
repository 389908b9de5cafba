import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { Cell } from './batch-of';

/** Times as milliseconds and dates as days, as they are in the file. */
const PARSERS = {
  timestampFromMilliseconds: (milliseconds: bigint) => Number(milliseconds),
  dateFromDays: (days: number) => days,
};

/** Cells of each column as hyparquet sees them: a reader that shares no code with DuckDB. */
export async function hyparquetColumns(
  file: Uint8Array,
  names: readonly string[],
): Promise<Record<string, Cell[]>> {
  const bytes = file.slice().buffer;
  const parsers = PARSERS as unknown as NonNullable<Parameters<typeof parquetReadObjects>[0]['parsers']>;
  const rows = await parquetReadObjects({ file: bytes, compressors, parsers });
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => (row[name] ?? null) as Cell)]));
}
