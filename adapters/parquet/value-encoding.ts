import type { ByteWriter } from './byte-writer';
import { writeDeltaBinaryPacked } from './delta-binary-packed';
import { SAMPLE_SIZE, seemsBeyond } from './estimate-distinct';
import type { ParquetColumn } from './parquet-column';
import { ENCODING } from './parquet-format';
import { bitWidth, writeRleBitPacked } from './rle-bit-packing';
import type { Scratch } from './scratch';
import { numberValues, type ValueDictionary } from './value-dictionary';

/**
 * Share of distinct values up to which a chunk has a dictionary. Measured with zstd on 240 to 87,600 rows: up to a fourth
 * a dictionary is the smaller one, by a third at a share of 0.1; from 0.4 on it is the larger one.
 */
export const DISTINCT_SHARE = 0.25;

/** Distinct values beyond which a dictionary saves a tenth of the bytes for three times the time, in a chunk of any length. */
export const DISTINCT_LIMIT = 20_000;

/** How the values of a chunk are written: all its data pages alike. */
export interface ValueEncoding {
  /** One of ENCODING. */
  readonly encoding: number;
  readonly dictionary: ValueDictionary | undefined;
  /** Writes the values `from` to `to`. */
  readonly write: (out: ByteWriter, from: number, to: number) => void;
}

/**
 * Differences for times and dates, a dictionary where values repeat, PLAIN values elsewhere. Never byte-stream-split:
 * Spark's vectorized reader refuses it.
 *
 * @param words the values that are not null
 */
export function encodingOf(column: ParquetColumn, words: Int32Array, scratch: Scratch): ValueEncoding {
  const { stride } = column;
  const slice = (from: number, to: number) => words.subarray(from * stride, to * stride);
  if (column.isDelta) {
    return {
      encoding: ENCODING.DELTA_BINARY_PACKED,
      dictionary: undefined,
      write: (out, from, to) => writeDeltaBinaryPacked(out, slice(from, to), stride),
    };
  }
  const dictionary = findDictionary(column, words, scratch);
  if (dictionary !== undefined) return dictionaryEncoding(dictionary);
  return {
    encoding: ENCODING.PLAIN,
    dictionary,
    write: (out, from, to) => column.writePlain(out, slice(from, to)),
  };
}

/** Nothing but nulls needs no dictionary. */
function findDictionary(
  { stride }: ParquetColumn,
  words: Int32Array,
  scratch: Scratch,
): ValueDictionary | undefined {
  const count = words.length / stride;
  if (count === 0) return undefined;
  const limit = Math.min(Math.ceil(count * DISTINCT_SHARE), DISTINCT_LIMIT);
  if (count > SAMPLE_SIZE && seemsBeyond(limit, words, stride)) return undefined;
  return numberValues(words, stride, { limit, scratch });
}

function dictionaryEncoding(dictionary: ValueDictionary): ValueEncoding {
  const width = bitWidth(dictionary.size);
  return {
    encoding: ENCODING.RLE_DICTIONARY,
    dictionary,
    write: (out, from, to) => {
      out.byte(width);
      writeRleBitPacked(out, dictionary.indices.subarray(from, to), width);
    },
  };
}
