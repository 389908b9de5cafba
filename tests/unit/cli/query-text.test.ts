import { queryText } from '../../../cli/query-text';

const twice = {
  columns: [
    { name: 'a', type: 'INTEGER' },
    { name: 'a', type: 'INTEGER' },
  ],
  rows: [[1, 2]],
};

test('a list is a list as JSON, and JSON where a cell is one text', () => {
  const nested = { columns: [{ name: 'a', type: 'INTEGER[]' }], rows: [[[1, 2]], [null]] };

  expect(JSON.parse(queryText(nested, 'json'))).toEqual([{ a: [1, 2] }, { a: null }]);
  expect(queryText(nested, 'csv')).toBe('a\n"[1,2]"\n\n');
  expect(queryText(nested, 'table')).toContain('[1,2]');
});

test('a table holds no control character of what it shows, and keeps each row on a line', () => {
  const hostile = {
    columns: [{ name: 'a\u001b[2J', type: 'VARCHAR' }],
    rows: [['x\ny\u0007'], ['z'.repeat(1000)]],
  };

  const lines = queryText(hostile, 'table').split('\n');

  expect(lines).toEqual(['a\\u001b[2J', 'x\\ny\\u0007', 'z'.repeat(1000), '(2 rows)']);
});

test('a result with two columns of one name is refused as JSON, which would lose one, and whole as CSV', () => {
  expect(() => queryText(twice, 'json')).toThrow(/column a: .*AS/);
  expect(queryText(twice, 'csv')).toBe('a,a\n1,2\n');
});
