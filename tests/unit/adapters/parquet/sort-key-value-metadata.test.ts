import { sortKeyValueMetadata } from '../../../../adapters/parquet/sort-key-value-metadata';

const field = (text: string) => `\x18${String.fromCharCode(text.length)}${text}`;
const entry = (key: string, value: string) => `${field(key)}${field(value)}\0`;
const footer = (...entries: string[]) =>
  Buffer.from(`PAR1 data ${entries.join('')}${entry('ARROW:schema', 'AAAA')} rest PAR1`, 'latin1');

describe('sortKeyValueMetadata', () => {
  it('orders the entries by key and leaves every other byte', () => {
    const file = footer(entry('c', 'first'), entry('a', 'second'), entry('b', ''));

    sortKeyValueMetadata(file, { a: 'second', b: '', c: 'first' });

    expect(file).toEqual(footer(entry('a', 'second'), entry('b', ''), entry('c', 'first')));
  });

  it('is not misled by a value that looks like the entry it goes by', () => {
    const decoy = field('ARROW:schema');
    const file = footer(entry('b', decoy), entry('a', decoy));

    sortKeyValueMetadata(file, { a: decoy, b: decoy });

    expect(file).toEqual(footer(entry('a', decoy), entry('b', decoy)));
  });

  it.each([
    ['an entry is missing', footer(entry('a', '1'))],
    ['a value is another', footer(entry('a', '1'), entry('b', '3'))],
    ['there is no Arrow schema', Buffer.from(entry('a', '1') + entry('b', '2'), 'latin1')],
    ['there is nothing', Buffer.alloc(0)],
  ])('refuses a file in which %s, and does not touch it', (_, file) => {
    const before = Buffer.from(file);

    expect(() => sortKeyValueMetadata(file, { a: '1', b: '2' })).toThrow('its version has changed');

    expect(file).toEqual(before);
  });
});
