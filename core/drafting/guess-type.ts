import { labelSeconds } from '../decode/time-label';
import type { PipelineColumnType } from '../pipeline/pipeline';

const TIME_UNITS: ReadonlySet<string> = new Set(['iso8601', 'unixtime']);
/** Whole numbers up to here are exact in float32. */
const FLOAT32_INTEGERS = 2 ** 24;

/** The type that holds every value received; `undefined` when none does. All null is a number that was not there. */
export function guessType(values: readonly unknown[], unit: string): PipelineColumnType | undefined {
  const present = values.filter((value) => value !== null);
  if (TIME_UNITS.has(unit) && (present.every(isLabel) || present.every(Number.isInteger))) return 'timestamp';
  if (present.every((value) => typeof value === 'number')) {
    return present.every(fitsFloat32) ? 'float32' : 'float64';
  }
  return present.every((value) => typeof value === 'string') ? 'string' : undefined;
}

function isLabel(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const bytes = new TextEncoder().encode(value);
  return !Number.isNaN(labelSeconds(bytes, 0, bytes.length));
}

function fitsFloat32(value: number): boolean {
  if (Number.isInteger(value) && Math.abs(value) > FLOAT32_INTEGERS) return Math.fround(value) === value;
  return Number.isFinite(Math.fround(value));
}
