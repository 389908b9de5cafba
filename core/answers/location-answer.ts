import type { DecodedColumn, DecodedSection } from '../decode/answer';
import type { Location } from '../pipeline/pipeline';
import type { Conversion } from '../units/conversion';

/** Why a location's answer has no value of a column, as the source says it. */
export type UnservedReason =
  /** Nulls with the unit `undefined`: no reader at this location and model. */
  | 'no_reader'
  /** No column of the model, or an empty one: the model does not cover the location. */
  | 'no_column';

/** A table's column as found in one location's answer. */
export interface FoundColumn {
  readonly data: DecodedColumn;
  /** Set when `data` stands for a column that the source does not serve here: nulls. */
  readonly unserved?: UnservedReason;
  /** From the unit received to the unit of the column; null when they are the same. */
  readonly conversion: Conversion | null;
}

/** One location's rows of one section, held to the contract: ids, counts, times, offset and units are as promised. */
export interface LocationAnswer {
  readonly location: Location;
  readonly section: DecodedSection;
  /** Seconds east of UTC of the answer's local times. */
  readonly offsetSeconds: number;
  /** By table name, in the order of the table's columns. */
  readonly columns: ReadonlyMap<string, readonly FoundColumn[]>;
  /** Of the grid cell that served the location, degrees; absent when a recorded answer has none. */
  readonly gridLatitude?: number;
  readonly gridLongitude?: number;
  /** Metres above sea level. */
  readonly elevation?: number;
}
