import fc from 'fast-check';
import { ByteWriter } from '../../../../adapters/parquet/byte-writer';
import { bitWidth, writeRleBitPacked } from '../../../../adapters/parquet/rle-bit-packing';
import { readRleBitPacked } from './read-rle-bit-packed';

function written(values: readonly number[], width: number): number[] {
  const out = new ByteWriter();
  // What was in the memory before must not show.
  out.append(5_000).fill(0xff);
  out.clear();
  writeRleBitPacked(out, Int32Array.from(values), width);
  return [...out.view()];
}

describe('writeRleBitPacked', () => {
  it('packs the example of the format', () => {
    const values = [0, 1, 2, 3, 4, 5, 6, 7];

    expect(written(values, 3)).toEqual([0b11, 0b10001000, 0b11000110, 0b11111010]);
  });

  it.each<[string, number[], number, number[]]>([
    ['nothing', [], 3, []],
    ['a run', Array(100).fill(5), 3, [0xc8, 0x01, 5]],
    ['a run of a wide number', Array(8).fill(0x1234), 13, [16, 0x34, 0x12]],
    ['a run of the only value there is', Array(8).fill(0), 0, [16]],
    ['few values, filled up with zeros', [1, 1, 1], 1, [0b11, 0b111]],
    ['a run behind a group', [1, 0, 1, 0, 1, 0, 1, 0, ...Array(9).fill(1)], 1, [0b11, 0b01010101, 18, 1]],
    ['a run that first fills a group up', [0, ...Array(20).fill(1)], 1, [0b11, 0b11111110, 26, 1]],
    ['no run that filling up leaves too short', [0, ...Array(14).fill(1)], 1, [0b101, 0xfe, 0b1111111]],
  ])('writes %s', (_, values, width, bytes) => {
    expect(written(values, width)).toEqual(bytes);
  });

  it('can be read back, whatever the width and the runs', () => {
    const cases = fc.integer({ min: 0, max: 16 }).chain((width) => {
      const value = fc.integer({ min: 0, max: 2 ** width - 1 });
      const runs = fc.array(fc.tuple(value, fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 30 }))));
      return fc.tuple(fc.constant(width), runs);
    });

    fc.assert(
      fc.property(cases, ([width, runs]) => {
        const values = runs.flatMap(([value, length]) => Array<number>(length).fill(value));

        expect(readRleBitPacked(written(values, width), width, values.length)).toEqual(values);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('bitWidth', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [256, 8],
    [257, 9],
    [65_535, 16],
  ])('of %d entries is %d', (entries, width) => {
    expect(bitWidth(entries)).toBe(width);
  });
});
