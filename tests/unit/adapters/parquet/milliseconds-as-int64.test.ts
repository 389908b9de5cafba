import fc from 'fast-check';
import { millisecondsAsInt64 } from '../../../../adapters/parquet/milliseconds-as-int64';

describe('millisecondsAsInt64', () => {
  it('keeps every whole number, before and after 1970', () => {
    const edges = [
      0,
      -0,
      1,
      -1,
      2 ** 31,
      -(2 ** 31),
      2 ** 32 - 1,
      2 ** 32,
      -(2 ** 32),
      -(2 ** 32) - 1,
      8.64e15,
      -8.64e15,
    ];

    expect([...millisecondsAsInt64(Float64Array.from(edges))]).toEqual(edges.map(BigInt));
  });

  it('agrees with BigInt', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeInteger()), (values) => {
        expect([...millisecondsAsInt64(Float64Array.from(values))]).toEqual(values.map(BigInt));
      }),
    );
  });
});
