import fc from 'fast-check';
import { ByteWriter } from '../../../../adapters/parquet/byte-writer';
import { writeDeltaBinaryPacked } from '../../../../adapters/parquet/delta-binary-packed';

function written(values: readonly bigint[], bits: 32 | 64): number[] {
  const out = new ByteWriter();
  out.append(10_000).fill(0xff);
  out.clear();
  const array = bits === 32 ? Int32Array.from(values, Number) : BigInt64Array.from(values);
  writeDeltaBinaryPacked(out, new Int32Array(array.buffer), bits === 32 ? 1 : 2);
  return [...out.view()];
}

/** Reads by the definition, in BigInt. */
class DeltaReader {
  private at = 0;

  constructor(
    private readonly bytes: readonly number[],
    private readonly bits: 32 | 64,
  ) {}

  read(): bigint[] {
    const block = Number(this.varint());
    const miniblocks = Number(this.varint());
    const count = Number(this.varint());
    const values = [this.zigzag()];
    while (values.length < count) {
      const smallest = this.zigzag();
      const widths = Array.from({ length: miniblocks }, () => this.bytes[this.at++]!);
      for (const width of widths) this.readMiniblock(values, { smallest, width, length: block / miniblocks });
    }
    if (this.at !== this.bytes.length) throw new Error(`${this.bytes.length - this.at} bytes are left over`);
    return values.slice(0, count);
  }

  private readMiniblock(values: bigint[], block: { smallest: bigint; width: number; length: number }): void {
    // A reader of 32-bit numbers takes no wider differences.
    if (block.width > this.bits) throw new Error(`${block.width} bits for ${this.bits}-bit values`);
    for (let index = 0; index < block.length; index += 1) {
      let delta = 0n;
      for (let bit = 0; bit < block.width; bit += 1) {
        const place = this.at * 8 + index * block.width + bit;
        delta |= BigInt((this.bytes[place >> 3]! >> (place & 7)) & 1) << BigInt(bit);
      }
      values.push(BigInt.asIntN(this.bits, values.at(-1)! + block.smallest + delta));
    }
    this.at += (block.width * block.length) / 8;
  }

  private varint(): bigint {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.bytes[this.at++]!;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }

  private zigzag(): bigint {
    const value = this.varint();
    return (value >> 1n) ^ -(value & 1n);
  }
}

describe('writeDeltaBinaryPacked', () => {
  it.each<[string, bigint[], number[]]>([
    ['no value', [], [0x80, 1, 4, 0, 0]],
    ['one value', [-3n], [0x80, 1, 4, 1, 5]],
    ['equal steps', [1n, 2n, 3n, 4n, 5n], [0x80, 1, 4, 5, 2, 2, 0, 0, 0, 0]],
    // The second example of the format: differences -2, -2, -2, 1, 1, 1, 1 above their smallest.
    [
      'steps down and up',
      [7n, 5n, 3n, 1n, 2n, 3n, 4n, 5n],
      [0x80, 1, 4, 8, 14, 3, 2, 0, 0, 0, 0b11000000, 0b00111111, 0, 0, 0, 0, 0, 0],
    ],
  ])('writes %s as the format says', (_, values, bytes) => {
    expect(written(values, 32)).toEqual(bytes);
    expect(written(values, 64)).toEqual(bytes);
  });

  it.each([32, 64] as const)('can be read back for any %d-bit values', (bits) => {
    const [min, max] = [-(2n ** BigInt(bits - 1)), 2n ** BigInt(bits - 1) - 1n];
    const value = fc.oneof(
      fc.bigInt({ min, max }),
      fc.constantFrom(min, max, 0n, -1n),
      fc.bigInt({ min: 0n, max: 50n }),
    );
    const values = fc.array(value, { minLength: 1, maxLength: 300, size: 'max' });

    fc.assert(
      fc.property(values, (expected) => {
        expect(new DeltaReader(written(expected, bits), bits).read()).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it.each([32, 64] as const)('leaves nothing of a block in the next one, with %d-bit values', (bits) => {
    const noise = Array.from({ length: 129 }, (_, row) => BigInt(Math.imul(row, 0x9e3779b1)));

    const bytes = written([...noise, noise.at(-1)! + 1n], bits);

    expect(bytes.slice(-5)).toEqual([2, 0, 0, 0, 0]);
  });

  it('writes hours of ten locations in a few bytes', () => {
    const hours = Array.from({ length: 240 }, (_, row) => BigInt((row % 24) * 3_600_000));

    expect(written(hours, 64).length).toBeLessThan(900);
  });
});
