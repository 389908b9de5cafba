import type { LocationAnswer } from '../answers/location-answer';
import { textColumn } from './quarantine';
import type { BatchColumn, TableBatch } from './table-batch';

/** Written by every pipeline, by date too, since the grid cell that serves a location may move. */
export const LOCATIONS_TABLE = 'locations';

/** Locations as asked for and as served: one row each, sorted by id. Coordinates in degrees, elevation in metres. */
export function locationsBatch(
  answers: readonly LocationAnswer[],
  metadata: Readonly<Record<string, string>>,
): TableBatch {
  const sorted = answers.toSorted((a, b) => (a.location.id < b.location.id ? -1 : 1));
  const numbers = (name: string, unit: string, read: (answer: LocationAnswer) => number | undefined) =>
    numberColumn({ name, unit, values: sorted.map(read) });
  return {
    table: LOCATIONS_TABLE,
    rows: sorted.length,
    metadata,
    columns: [
      textColumn(
        'location_id',
        sorted.map(({ location }) => location.id),
      ),
      textColumn(
        'name',
        sorted.map(({ location }) => location.name),
      ),
      numbers('latitude', 'degrees_north', ({ location }) => location.latitude),
      numbers('longitude', 'degrees_east', ({ location }) => location.longitude),
      numbers('grid_latitude', 'degrees_north', ({ gridLatitude }) => gridLatitude),
      numbers('grid_longitude', 'degrees_east', ({ gridLongitude }) => gridLongitude),
      numbers('elevation', 'm', ({ elevation }) => elevation),
      textColumn(
        'timezone',
        sorted.map(({ location }) => location.timezone),
      ),
      {
        name: 'standard_utc_offset_seconds',
        type: 'int32',
        values: Int32Array.from(sorted, ({ location }) => location.offsetHours * 3600),
        nullCount: 0,
        metadata: { unit: 's' },
      },
    ],
  };
}

interface NumberColumn {
  readonly name: string;
  readonly unit: string;
  readonly values: readonly (number | undefined)[];
}

function numberColumn({ name, unit, values }: NumberColumn): BatchColumn {
  const validity = new Uint8Array(Math.ceil(values.length / 8)).fill(0xff);
  let nullCount = 0;
  values.forEach((value, row) => {
    if (value !== undefined) return;
    validity[row >> 3]! &= ~(1 << (row & 7));
    nullCount++;
  });
  return {
    name,
    type: 'float64',
    values: Float64Array.from(values, (value) => value ?? 0),
    nullCount,
    metadata: { unit },
    ...(nullCount === 0 ? {} : { validity }),
  };
}
