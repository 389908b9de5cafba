import type { Json } from './pipeline-of';

export interface BodyFacts {
  readonly section?: string;
  readonly time: readonly (string | number)[];
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
  readonly units?: Readonly<Record<string, string>>;
  /** What stands around the section, in place of the defaults; `undefined` leaves a member out. */
  readonly envelope?: Json;
}

/** One element of an answer, as JSON. */
export function elementOf({ section = 'hourly', time, columns, units, envelope = {} }: BodyFacts): Json {
  const stated = Object.fromEntries(Object.keys(columns).map((name) => [name, '°C']));
  return {
    location_id: 1,
    latitude: 52.5,
    longitude: 13.4,
    elevation: 38,
    utc_offset_seconds: 0,
    timezone: 'GMT',
    ...envelope,
    [`${section}_units`]: { time: 'iso8601', ...stated, ...units },
    [section]: { time, ...columns },
  };
}

export function bodyOf(json: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(json));
}

/** Labels of every hour of these days, the server's way. */
export function hourLabels(...days: readonly string[]): string[] {
  return days.flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => `${day}T${String(hour).padStart(2, '0')}:00`),
  );
}

/** So many values, each the number of its row. */
export function ramp(rows: number): number[] {
  return Array.from({ length: rows }, (_, row) => row);
}
