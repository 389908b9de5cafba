import type { BatchColumn, TableBatch } from '../../core/tables/table-batch';

/** Milliseconds: as far from 1970 as an ECMAScript Date reaches. */
const MAX_INSTANT = 8.64e15;

const ARRAY_NAME = {
  float32: 'Float32Array',
  float64: 'Float64Array',
  int32: 'Int32Array',
  timestamp: 'Float64Array',
  date: 'Int32Array',
  string: 'Int32Array',
} as const satisfies Record<BatchColumn['type'], string>;

/**
 * Holds a batch to the contract of TableBatch, because Arrow does not: it fills a short column up with nulls,
 * reads text as NaN and lets an index out of its dictionary through.
 *
 * @throws TypeError naming table, column and row. A broken contract is a mistake in the program, not in the data.
 */
export function assertEncodable(batch: TableBatch): void {
  const names = new Set<string>();
  if (!Number.isInteger(batch.rows) || batch.rows < 0) {
    throw new TypeError(`Table ${batch.table}: rows must be a whole number from 0 (received ${batch.rows})`);
  }
  for (const column of batch.columns) {
    const problem = names.has(column.name)
      ? 'has the name of an earlier column'
      : findProblem(column, batch.rows);
    if (problem !== undefined) throw new TypeError(`Table ${batch.table}, column ${column.name}: ${problem}`);
    names.add(column.name);
  }
}

function findProblem(column: BatchColumn, rows: number): string | undefined {
  return findShapeProblem(column, rows) ?? findValidityProblem(column, rows) ?? findValueProblem(column);
}

function findShapeProblem({ name, type, values }: BatchColumn, rows: number): string | undefined {
  if (name === '') return 'needs a name';
  const received = values[Symbol.toStringTag];
  if (received !== ARRAY_NAME[type]) return `type ${type} takes a ${ARRAY_NAME[type]} (received ${received})`;
  return values.length === rows ? undefined : `must have ${rows} values (received ${values.length})`;
}

function findValidityProblem({ validity, nullCount }: BatchColumn, rows: number): string | undefined {
  if (validity === undefined) {
    return nullCount === 0 ? undefined : `must have a validity bitmap for its ${nullCount} nulls`;
  }
  const bytes = Math.ceil(rows / 8);
  if (validity.length < bytes) return `validity must have ${bytes} bytes (received ${validity.length})`;
  const nulls = rows - countBits(validity, rows);
  return nulls === nullCount ? undefined : `validity has ${nulls} nulls, nullCount says ${nullCount}`;
}

function findValueProblem(column: BatchColumn): string | undefined {
  if (column.type === 'timestamp') return findInstantProblem(column.values);
  return column.type === 'string' ? findIndexProblem(column) : undefined;
}

function findInstantProblem(values: Float64Array): string | undefined {
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    if (!(Math.floor(value) === value && Math.abs(value) <= MAX_INSTANT)) {
      return `row ${row} must be whole milliseconds within ${MAX_INSTANT} of 1970 (received ${value})`;
    }
  }
  return undefined;
}

/** Null rows hold index 0, so that stands even in a dictionary without entries. */
function findIndexProblem({
  values,
  dictionary,
  nullCount,
}: BatchColumn & { type: 'string' }): string | undefined {
  const present = values.length - nullCount;
  if (dictionary.length === 0 && present > 0) {
    return `has ${present} rows that are not null, but an empty dictionary`;
  }
  const last = Math.max(0, dictionary.length - 1);
  for (let row = 0; row < values.length; row += 1) {
    const index = values[row]!;
    if (index < 0 || index > last) return `row ${row} must be an index from 0 to ${last} (received ${index})`;
  }
  return undefined;
}

/** Bits set among the first `length`, least significant first. */
function countBits(bitmap: Uint8Array, length: number): number {
  const whole = length >>> 3;
  let count = 0;
  for (let index = 0; index < whole; index += 1) count += BITS_OF_BYTE[bitmap[index]!]!;
  const rest = length & 7;
  return rest === 0 ? count : count + BITS_OF_BYTE[bitmap[whole]! & ((1 << rest) - 1)]!;
}

const BITS_OF_BYTE = Uint8Array.from(
  { length: 256 },
  (_, byte) => byte.toString(2).replaceAll('0', '').length,
);
