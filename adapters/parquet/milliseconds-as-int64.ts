const TWO_TO_32 = 2 ** 32;

/**
 * The same whole numbers as 64-bit integers, negative ones included. A BigInt for each row would double the cost of a
 * time column, so each number is written as its two 32-bit halves, the low one first as on every machine that Node runs on.
 */
export function millisecondsAsInt64(milliseconds: Float64Array): BigInt64Array {
  const integers = new BigInt64Array(milliseconds.length);
  const halves = new Int32Array(integers.buffer);
  for (let row = 0; row < milliseconds.length; row += 1) {
    const value = milliseconds[row]!;
    // Storing a number in an Int32Array keeps its value modulo 2^32, which is the low half of its two's complement.
    halves[2 * row] = value;
    halves[2 * row + 1] = Math.floor(value / TWO_TO_32);
  }
  return integers;
}
