import type { PlacedSlice } from './placed-slice';
import type { BatchColumn } from './table-batch';

/** `location_id` of every row; the dictionary holds the ids in the order of the rows, so it is sorted as they are. */
export function locationColumn(placed: readonly PlacedSlice[], rows: number): BatchColumn {
  const values = new Int32Array(rows);
  const dictionary = placed.map(({ slice, at }, code) => {
    values.fill(code, at, at + slice.to - slice.from);
    return slice.answer.location.id;
  });
  return { name: 'location_id', type: 'string', values, dictionary, nullCount: 0, metadata: {} };
}
