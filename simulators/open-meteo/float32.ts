/** The shortest decimals that give the same 32-bit float, with a point always: `4.8999996`, `5.0`. */
export function float32Text(value: number): string {
  const single = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const text = single.toPrecision(digits);
    if (Math.fround(Number(text)) === single) return withPoint(Number(text));
  }
  return withPoint(Number(single.toPrecision(9)));
}

function withPoint(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** Middle of the grid cell that holds a coordinate, reckoned in 32-bit floats as the server does. */
export function gridCentre(value: number, origin: number, cell: number): number {
  const index = Math.round((value - origin) / cell);
  return Math.fround(Math.fround(origin) + Math.fround(index * Math.fround(cell)));
}
