import { addDays, type Day, daySpan } from '../core/time/day';

/** A fixed pseudo-random sequence in 0..1, so that every run measures the same text. */
export function randomSequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface ValueText {
  readonly decimals: number;
  readonly low: number;
  readonly high: number;
  readonly nullShare: number;
}

/** Values that wander as weather does, as the text between the brackets of an array. */
export function wanderingValues(
  count: number,
  { decimals, low, high, nullShare }: ValueText,
  seed: number,
): string {
  const random = randomSequence(seed);
  const texts: string[] = [];
  let value = low + (high - low) * random();
  for (let index = 0; index < count; index++) {
    value += (random() - 0.5) * (high - low) * 0.05;
    value = Math.min(high, Math.max(low, value));
    texts.push(random() < nullShare ? 'null' : value.toFixed(decimals));
  }
  return texts.join(',');
}

/** `"2026-01-01T00:00","2026-01-01T01:00",...` */
export function hourLabels(from: Day, to: Day): string {
  const labels: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    for (let hour = 0; hour < 24; hour++) labels.push(`"${day}T${String(hour).padStart(2, '0')}:00"`);
  }
  return labels.join(',');
}

export function dayLabels(from: Day, to: Day): string {
  return Array.from({ length: daySpan(from, to) }, (_, index) => `"${addDays(from, index)}"`).join(',');
}

export interface LocationText {
  readonly number: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly offsetSeconds: number;
  readonly section: 'hourly' | 'daily';
  readonly times: string;
  /** By variable: unit and the text between the brackets. */
  readonly columns: ReadonlyMap<string, { readonly unit: string; readonly values: string }>;
}

/** One element of an answer, compact, as the server writes it. */
export function locationText(location: LocationText): string {
  const units = [...location.columns].map(([name, { unit }]) => `"${name}":"${unit}"`).join(',');
  const columns = [...location.columns].map(([name, { values }]) => `"${name}":[${values}]`).join(',');
  return (
    `{"latitude":${location.latitude},"longitude":${location.longitude},"generationtime_ms":0.28,` +
    `"utc_offset_seconds":${location.offsetSeconds},"timezone":"GMT","timezone_abbreviation":"GMT","elevation":38.0,` +
    `"location_id":${location.number},"${location.section}_units":{"time":"iso8601",${units}},` +
    `"${location.section}":{"time":[${location.times}],${columns}}}`
  );
}
