import fc from 'fast-check';
import { ByteWriter } from '../../../../adapters/parquet/byte-writer';

function written(write: (out: ByteWriter) => void): number[] {
  const out = new ByteWriter();
  write(out);
  return [...out.view()];
}

describe('ByteWriter', () => {
  it.each<[number, number[]]>([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [300, [0xac, 0x02]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x08]],
    [2 ** 53 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('writes %d as a varint', (value, bytes) => {
    expect(written((out) => out.varint(value))).toEqual(bytes);
  });

  it('writes varints that add up to the number again', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        const bytes = written((out) => out.varint(value));

        expect(bytes.reduce((sum, byte, place) => sum + (byte & 0x7f) * 128 ** place, 0)).toBe(value);
        expect(bytes.map((byte) => byte >= 0x80)).toEqual(bytes.map((_, place) => place < bytes.length - 1));
      }),
    );
  });

  it('writes four bytes, the lowest first', () => {
    expect(written((out) => out.uint32(0x89abcdef))).toEqual([0xef, 0xcd, 0xab, 0x89]);
  });

  it('keeps what was written while it grows', () => {
    const out = new ByteWriter();
    const expected = Array.from({ length: 5_000 }, (_, index) => index & 0xff);

    for (const byte of expected.slice(0, 3_000)) out.byte(byte);
    out.bytes(Uint8Array.from(expected.slice(3_000, 4_000)));
    out.append(1_000).set(expected.slice(4_000));

    expect([...out.view()]).toEqual(expected);
    expect(out.length).toBe(5_000);
  });

  it('begins anew when cleared, and leaves copies alone', () => {
    const out = new ByteWriter();
    out.bytes(Uint8Array.of(1, 2, 3));
    const copy = out.copy();

    out.clear();
    out.byte(9);

    expect([...out.view()]).toEqual([9]);
    expect([...copy]).toEqual([1, 2, 3]);
  });
});
