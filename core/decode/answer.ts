import type { Section } from '../model/source';

/** What a column of the answer is to be read as. `time` accepts `iso8601` text and `unixtime` integers. */
export type ColumnKind = 'number' | 'time' | 'text';

/** Columns to read, by section and by the name they have in the answer. Everything else is checked as JSON and dropped. */
export type WantedColumns = Readonly<Partial<Record<Section, Readonly<Record<string, ColumnKind>>>>>;

export type TimeFormat = 'iso8601' | 'unixtime';

/** A column as received: one entry per row of its section. */
export type DecodedColumn =
  /** Received unit untouched; NaN stands for null (the source never sends NaN: a bare one is refused). */
  | { readonly kind: 'number'; readonly values: Float64Array }
  /** Seconds since the epoch, NaN for null. `iso8601`: the local label read as if it were UTC. `unixtime`: true UTC. */
  | { readonly kind: 'time'; readonly values: Float64Array; readonly format: TimeFormat }
  | { readonly kind: 'text'; readonly values: readonly (string | null)[] };

export interface DecodedSection {
  readonly rows: number;
  /** Byte offset in the body at which the section's object begins. */
  readonly offset: number;
  /** Seconds since the epoch, strictly increasing, never null; read as `timeFormat` says (see DecodedColumn). */
  readonly time: Float64Array;
  readonly timeFormat: TimeFormat;
  /** Unit strings as received, by column; empty when the answer has no units object for the section. */
  readonly units: ReadonlyMap<string, string>;
  /** Columns found among those wanted. Whether one is missing is for the reader of the answer to judge. */
  readonly columns: ReadonlyMap<string, DecodedColumn>;
  /** Wanted columns that came as an empty array beside times: nulls in `columns`. Absent when there is none. */
  readonly emptyColumns?: ReadonlySet<string>;
}

/** One element of an answer. Everything the source may leave out is optional. */
export interface DecodedLocation {
  /** Position in the answer, from 0. */
  readonly index: number;
  readonly locationId?: number;
  /** Of the grid cell, degrees; null when the source wrote null or a bare nan. */
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  /** Metres; absent too when the source wrote null or a bare nan. */
  readonly elevation?: number;
  readonly utcOffsetSeconds?: number;
  readonly timezone?: string;
  readonly sections: ReadonlyMap<Section, DecodedSection>;
}
