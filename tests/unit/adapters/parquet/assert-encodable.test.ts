import { assertEncodable } from '../../../../adapters/parquet/assert-encodable';
import type { BatchColumn, TableBatch } from '../../../../core/tables/table-batch';

const base = { name: 'x', nullCount: 0, metadata: {} };
const floats: BatchColumn = { ...base, type: 'float32', values: new Float32Array(9) };
const texts: BatchColumn = { ...base, type: 'string', values: new Int32Array(9), dictionary: ['a', 'b'] };
const times: BatchColumn = { ...base, type: 'timestamp', values: new Float64Array(9) };

const batch = (...columns: BatchColumn[]): TableBatch => ({
  table: 'weather_hourly',
  rows: 9,
  columns,
  metadata: {},
});
const row = <T extends Float64Array | Int32Array>(values: T, index: number, value: number): T => {
  values[index] = value;
  return values;
};

describe('assertEncodable', () => {
  it.each<[string, TableBatch]>([
    ['columns without nulls', batch(floats, { ...texts, name: 'y' }, { ...times, name: 'z' })],
    [
      'nulls that the bitmap and the count agree on',
      batch({ ...floats, nullCount: 7, validity: Uint8Array.of(0b100, 0b1) }),
    ],
    ['bits behind the last row', batch({ ...floats, nullCount: 8, validity: Uint8Array.of(0, 0xff, 0xff) })],
    ['the last entry of a dictionary', batch({ ...texts, values: row(new Int32Array(9), 8, 1) })],
    [
      'no entries where every row is null',
      batch({ ...texts, dictionary: [], nullCount: 9, validity: new Uint8Array(2) }),
    ],
    [
      'the furthest instants',
      batch({ ...times, values: row(row(new Float64Array(9), 0, -8.64e15), 1, 8.64e15) }),
    ],
    ['no columns', batch()],
  ])('accepts %s', (_, accepted) => {
    expect(() => assertEncodable(accepted)).not.toThrow();
  });

  it.each<[string, TableBatch, string]>([
    [
      'too few values',
      batch({ ...floats, values: new Float32Array(8) }),
      'column x: must have 9 values (received 8)',
    ],
    [
      'too many values',
      batch({ ...floats, values: new Float32Array(10) }),
      'column x: must have 9 values (received 10)',
    ],
    [
      'an array of another type',
      batch({ ...floats, values: new Float64Array(9) } as unknown as BatchColumn),
      'column x: type float32 takes a Float32Array (received Float64Array)',
    ],
    [
      'a list of numbers',
      batch({ ...floats, values: Array(9).fill(0) } as unknown as BatchColumn),
      'column x: type float32 takes a Float32Array (received undefined)',
    ],
    [
      'a short bitmap',
      batch({ ...floats, validity: Uint8Array.of(0xff) }),
      'column x: validity must have 2 bytes (received 1)',
    ],
    [
      'nulls without a bitmap',
      batch({ ...floats, nullCount: 1 }),
      'column x: must have a validity bitmap for its 1 nulls',
    ],
    [
      'a count that is not the bitmap’s',
      batch({ ...floats, nullCount: 1, validity: Uint8Array.of(0b1111_1100, 1) }),
      'column x: validity has 2 nulls, nullCount says 1',
    ],
    [
      'a null in the last byte that is not counted',
      batch({ ...floats, validity: Uint8Array.of(0xff, 0b1111_1110) }),
      'column x: validity has 1 nulls, nullCount says 0',
    ],
    [
      'an index behind the dictionary',
      batch({ ...texts, values: row(new Int32Array(9), 8, 2) }),
      'column x: row 8 must be an index from 0 to 1 (received 2)',
    ],
    [
      'a negative index',
      batch({ ...texts, values: row(new Int32Array(9), 0, -1) }),
      'column x: row 0 must be an index from 0 to 1 (received -1)',
    ],
    [
      'rows of an empty dictionary that are not null',
      batch({ ...texts, dictionary: [], nullCount: 8, validity: Uint8Array.of(1, 0) }),
      'column x: has 1 rows that are not null, but an empty dictionary',
    ],
    [
      'half a millisecond',
      batch({ ...times, values: row(new Float64Array(9), 3, 0.5) }),
      'column x: row 3 must be whole milliseconds within 8640000000000000 of 1970 (received 0.5)',
    ],
    [
      'NaN for a time',
      batch({ ...times, values: row(new Float64Array(9), 3, NaN) }),
      'column x: row 3 must be whole milliseconds within 8640000000000000 of 1970 (received NaN)',
    ],
    [
      'an instant too far',
      batch({ ...times, values: row(new Float64Array(9), 3, 8.64e15 + 1) }),
      'column x: row 3 must be whole milliseconds within 8640000000000000 of 1970 (received 8640000000000001)',
    ],
    [
      'infinity',
      batch({ ...times, values: row(new Float64Array(9), 3, -Infinity) }),
      'column x: row 3 must be whole milliseconds within 8640000000000000 of 1970 (received -Infinity)',
    ],
    ['two columns of one name', batch(floats, texts), 'column x: has the name of an earlier column'],
    ['a column without a name', batch({ ...floats, name: '' }), 'column : needs a name'],
  ])('refuses %s', (_, refused, problem) => {
    expect(() => assertEncodable(refused)).toThrow(new TypeError(`Table weather_hourly, ${problem}`));
  });

  it.each([-1, 1.5, Number.NaN])('refuses %d rows', (rows) => {
    expect(() => assertEncodable({ ...batch(), rows })).toThrow(
      new TypeError(`Table weather_hourly: rows must be a whole number from 0 (received ${rows})`),
    );
  });
});
