/** 32 well mixed bits of three whole numbers. */
export function hash(a: number, b: number, c: number): number {
  let bits = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d) ^ Math.imul(c, 0xc2b2ae35);
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return bits ^ (bits >>> 15);
}

/** A number in [-1, 1) that always belongs to the same three whole numbers. */
export function signedUnit(a: number, b: number, c: number): number {
  return hash(a, b, c) / 0x80000000;
}

/** A number in [0, 1) that always belongs to the same three whole numbers. */
export function unit(a: number, b: number, c: number): number {
  return (hash(a, b, c) >>> 0) / 0x100000000;
}

export interface Wave {
  readonly channel: number;
  /** Hours between two values drawn. */
  readonly period: number;
  readonly amplitude: number;
}

const smoothSteps = new Map<number, Float64Array>();

function smoothStep(period: number): Float64Array {
  const known = smoothSteps.get(period);
  if (known) return known;
  const steps = Float64Array.from({ length: period }, (_, index) => {
    const x = index / period;
    return x * x * (3 - 2 * x);
  });
  smoothSteps.set(period, steps);
  return steps;
}

/**
 * Adds smooth noise to hourly values: one value drawn every `period` hours, joined by a curve without kinks.
 * An hour gets the same noise whatever the span that it is read in.
 */
export function addNoise(hours: Float64Array, firstHour: number, key: number, wave: Wave): void {
  const { channel, period, amplitude } = wave;
  const steps = smoothStep(period);
  let knot = Math.floor(firstHour / period);
  let phase = firstHour - knot * period;
  let here = amplitude * signedUnit(key, channel, knot);
  let rise = amplitude * signedUnit(key, channel, knot + 1) - here;
  for (let index = 0; index < hours.length; index++) {
    hours[index]! += here + rise * steps[phase]!;
    phase += 1;
    if (phase < period) continue;
    phase = 0;
    knot += 1;
    here += rise;
    rise = amplitude * signedUnit(key, channel, knot + 1) - here;
  }
}
