import { queryText } from '../../../cli/query-text';

const twice = {
  columns: [
    { name: 'a', type: 'INTEGER' },
    { name: 'a', type: 'INTEGER' },
  ],
  rows: [[1, 2]],
};

test('a result with two columns of one name is refused as JSON, which would lose one, and whole as CSV', () => {
  expect(() => queryText(twice, 'json')).toThrow(/column a: .*AS/);
  expect(queryText(twice, 'csv')).toBe('a,a\n1,2\n');
});
