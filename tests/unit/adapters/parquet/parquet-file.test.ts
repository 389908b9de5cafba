import { arrowBatch } from '../../../../adapters/parquet/arrow-batch';
import { ParquetFileWriter } from '../../../../adapters/parquet/parquet-file';
import { batchOf, columnOf } from '../../../integration/parquet/batch-of';

const rows = arrowBatch(
  batchOf([columnOf('int32', [1, 1, null, 1, 1]), columnOf('string', ['a', null, 'a', 'a', 'a'])]),
);

describe('ParquetFileWriter', () => {
  it('takes nothing from a file that failed in the middle of a page into the next one', () => {
    let calls = 0;
    let failing = 0;
    const writer = new ParquetFileWriter((bytes) => {
      calls += 1;
      if (calls === failing) throw new Error('out of memory');
      return bytes.slice();
    });
    const expected = writer.write(rows, {});
    const pages = calls;

    for (failing = pages + 1; failing <= 2 * pages; failing += 1) {
      calls = pages;
      expect(() => writer.write(rows, {})).toThrow('out of memory');
      calls = 0;
      expect(writer.write(rows, {})).toEqual(expected);
    }
    expect(pages).toBe(4);
  });
});
