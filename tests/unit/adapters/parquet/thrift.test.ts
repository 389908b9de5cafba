import { ByteWriter } from '../../../../adapters/parquet/byte-writer';
import { bool, i32, i64, list, struct, type ThriftValue, text } from '../../../../adapters/parquet/thrift';

function bytesOf(value: ThriftValue): number[] {
  const out = new ByteWriter();
  value.write(out);
  return [...out.view()];
}

describe('thrift values', () => {
  it.each<[string, ThriftValue, number[]]>([
    ['a struct without fields', struct({}), [0]],
    ['a small number', struct({ 1: i32(2) }), [0x15, 0x04, 0]],
    ['a negative number', struct({ 1: i32(-3) }), [0x15, 0x05, 0]],
    ['the largest 32-bit number', struct({ 1: i32(2 ** 31 - 1) }), [0x15, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0]],
    ['an offset beyond 4 GiB', struct({ 2: i64(2 ** 32 + 1) }), [0x26, 0x82, 0x80, 0x80, 0x80, 0x20, 0]],
    ['a gap between fields', struct({ 3: i32(0), 10: i32(0) }), [0x35, 0, 0x75, 0, 0]],
    ['fields in any order', struct({ 10: i32(0), 3: i32(0) }), [0x35, 0, 0x75, 0, 0]],
    ['fields that are left out', struct({ 1: undefined, 2: i32(1) }), [0x25, 2, 0]],
    ['what is true and what is not', struct({ 1: bool(true), 2: bool(false) }), [0x11, 0x12, 0]],
    ['a text', struct({ 4: text('é') }), [0x48, 2, 0xc3, 0xa9, 0]],
    ['a struct in a struct', struct({ 5: struct({ 1: i32(1) }), 6: i32(1) }), [0x5c, 0x15, 2, 0, 0x15, 2, 0]],
    ['a list', struct({ 1: list([i32(1), i32(-1)]) }), [0x19, 0x25, 2, 1, 0]],
    ['a list without elements', struct({ 1: list([]) }), [0x19, 0x0c, 0]],
    ['a list of fourteen', list(Array(14).fill(i32(0))), [0xe5, ...Array(14).fill(0)]],
    ['a list of fifteen', list(Array(15).fill(i32(0))), [0xf5, 15, ...Array(15).fill(0)]],
  ])('are written as the compact protocol says: %s', (_, value, bytes) => {
    expect(bytesOf(value)).toEqual(bytes);
  });
});
