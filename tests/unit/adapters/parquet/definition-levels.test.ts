import fc from 'fast-check';
import { ByteWriter } from '../../../../adapters/parquet/byte-writer';
import { countPresent, writeDefinitionLevels } from '../../../../adapters/parquet/definition-levels';
import type { RowRange } from '../../../../adapters/parquet/present-words';
import { readRleBitPacked } from './read-rle-bit-packed';

function written(validity: Uint8Array | undefined, rows: RowRange): number[] {
  const out = new ByteWriter();
  writeDefinitionLevels(out, validity, rows);
  return [...out.view()];
}

describe('definition levels', () => {
  it.each<[string, Uint8Array | undefined, RowRange, number[]]>([
    ['no bitmap', undefined, { from: 0, to: 100 }, [0xc8, 0x01, 1]],
    ['no null in the bitmap', Uint8Array.of(0xff, 0xff), { from: 0, to: 16 }, [32, 1]],
    ['nothing but nulls', Uint8Array.of(0, 0), { from: 0, to: 13 }, [26, 0]],
    ['some nulls', Uint8Array.of(0b01111110, 0xff), { from: 0, to: 16 }, [0b101, 0b01111110, 0xff]],
    ['a page behind another', Uint8Array.of(0, 0b00000101, 0xff), { from: 8, to: 11 }, [0b11, 0b11111101]],
    [
      'many rows before a null',
      Uint8Array.of(255, 255, 255, 255, 0b10),
      { from: 0, to: 34 },
      [64, 1, 3, 0xfe],
    ],
  ])('of %s', (_, validity, rows, bytes) => {
    expect(written(validity, rows)).toEqual(bytes);
  });

  it('give the bitmap back, and count its bits, whatever lies behind the last row', () => {
    const byte = fc.oneof(fc.constantFrom(0, 0xff), fc.integer({ min: 0, max: 0xff }));
    const bitmaps = fc
      .array(fc.tuple(byte, fc.integer({ min: 1, max: 9 })), { minLength: 2, maxLength: 12 })
      .map((runs) => Uint8Array.from(runs.flatMap(([value, length]) => Array<number>(length).fill(value))));
    const cases = bitmaps.chain((validity) =>
      fc.tuple(
        fc.constant(validity),
        fc.integer({ min: 0, max: validity.length - 1 }).map((index) => 8 * index),
        fc.nat({ max: 8 * validity.length }),
      ),
    );

    fc.assert(
      fc.property(cases, ([validity, from, more]) => {
        const to = Math.min(8 * validity.length, from + 1 + more);
        const levels = Array.from({ length: to - from }, (_, index) => {
          const row = from + index;
          return (validity[row >> 3]! >> (row & 7)) & 1;
        });

        expect(readRleBitPacked(written(validity, { from, to }), 1, to - from)).toEqual(levels);
        expect(countPresent(validity, { from, to })).toBe(levels.reduce((sum, level) => sum + level, 0));
      }),
      { numRuns: 1_000 },
    );
  });
});
