import fc from 'fast-check';
import { presentWords } from '../../../../adapters/parquet/present-words';
import { Scratch } from '../../../../adapters/parquet/scratch';

describe('presentWords', () => {
  it.each([1, 2] as const)('leaves the nulls out, with %d words to a value', (stride) => {
    const cases = fc.array(fc.boolean(), { minLength: 9, maxLength: 60 });

    fc.assert(
      fc.property(cases, fc.constantFrom(0, 8), (present, from) => {
        const words = Int32Array.from({ length: present.length * stride }, (_, at) => at + 1);
        const validity = new Uint8Array(Math.ceil(present.length / 8));
        present.forEach((isPresent, row) => {
          if (isPresent) validity[row >> 3]! |= 1 << (row & 7);
        });

        const kept = presentWords({ words, stride, validity }, { from, to: present.length }, new Scratch());

        const expected = [...words].filter((_, at) => {
          const row = Math.floor(at / stride);
          return row >= from && present[row];
        });
        expect([...kept]).toEqual(expected);
      }),
    );
  });

  it('takes a window of the values when no row is null', () => {
    const words = Int32Array.from({ length: 22 }, (_, at) => at);

    const kept = presentWords({ words, stride: 2, validity: undefined }, { from: 8, to: 10 }, new Scratch());

    expect([...kept]).toEqual([16, 17, 18, 19]);
    expect(kept.buffer).toBe(words.buffer);
  });
});
