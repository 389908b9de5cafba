/** Keys and values in the order of the keys, so that it does not matter how the record was put together. */
export function sortedEntries(record: Readonly<Record<string, string>>): [key: string, value: string][] {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}
