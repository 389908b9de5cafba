import type { DecodedColumn, DecodedSection } from '../decode/answer';
import type { Location } from '../pipeline/pipeline';
import type { Conversion } from '../units/conversion';

/** A table's column as found in one location's answer. */
export interface FoundColumn {
  readonly data: DecodedColumn;
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
