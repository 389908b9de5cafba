import type { BatchColumn, TableBatch } from '../../../core/tables/table-batch';
import { batchOf, type Cell, columnOf } from './batch-of';

const HOUR = 3_600_000;
const FIRST_HOUR = Date.UTC(2026, 0, 1);

/** File metadata with so many keys that no two hash maps are likely to agree on an order. */
const METADATA = {
  schema_version: '1',
  pipeline: 'weather-daily',
  source_api: 'forecast',
  source_models: 'best_match',
  attribution: 'Weather data by Open-Meteo.com (CC BY 4.0)',
  title: 'São Paulo, 東京',
  comment: '',
  columns: JSON.stringify({ temperature_2m: { unit: '°C', note: 'x'.repeat(20_000) } }),
};

/** Hours at ten locations: one column that repeats itself, one that does not, one with nulls. */
export function weatherBatch(rows = 2_400): TableBatch {
  const each = (cell: (row: number) => Cell) => Array.from({ length: rows }, (_, row) => cell(row));
  const hour = (row: number) => row % (rows / 10);
  return batchOf(
    [
      columnOf(
        'string',
        each((row) => `location-${Math.floor((row * 10) / rows)}`),
        { name: 'location_id' },
      ),
      columnOf(
        'timestamp',
        each((row) => FIRST_HOUR + hour(row) * HOUR),
        { name: 'time' },
      ),
      temperature(each((row) => (row % 100 === 0 ? null : Math.round(150 * Math.sin(row / 4)) / 10))),
      columnOf(
        'float32',
        each((row) => Math.sqrt(row + 1)),
        { name: 'root', metadata: { unit: '1' } },
      ),
      columnOf(
        'int32',
        each((row) => row % 7),
        { name: 'weather_code' },
      ),
      columnOf(
        'int32',
        each((row) => row * row),
        { name: 'square' },
      ),
      columnOf(
        'float64',
        each((row) => hour(row) / 3),
        { name: 'latitude' },
      ),
      columnOf(
        'string',
        each((row) => `row ${row}`),
        { name: 'remark' },
      ),
      columnOf(
        'date',
        each(() => 20_454),
        { name: 'day' },
      ),
    ],
    METADATA,
  );
}

function temperature(cells: Cell[]): BatchColumn {
  const metadata = { unit: '°C', standard_name: 'air_temperature', cell_method: 'time: point' };
  return columnOf('float32', cells, { name: 'temperature_2m', metadata });
}
