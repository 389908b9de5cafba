const SMALLEST = 64;

/** A copy with room for twice as many. */
export function grown(values: Float64Array): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(SMALLEST, values.length * 2));
  larger.set(values);
  return larger;
}

/** The first `rows` values, in a buffer of their own size: a column must not hold on to a far larger one. */
export function trimmed(values: Float64Array, rows: number): Float64Array {
  return rows === values.length ? values : values.slice(0, rows);
}
