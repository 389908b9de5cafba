import type { Api } from './apis';
import { DAILY, type DailyRow, type DaySpan } from './catalogue/daily';
import { HOURLY, type HourlyRow } from './catalogue/hourly';
import type { Weather } from './climate/weather';
import { convert, decimalsOf, type UnitSystem } from './units';

/** One weather among those that an element answers with: of a model, of a member. */
export interface Run {
  /** Appended to the variable's name. */
  readonly suffix: string;
  /** Whether no model has the place: its columns are nulls without a unit, but for those that are computed. */
  readonly uncovered?: boolean;
  readonly weather: Weather;
}

/** A column to be printed. `values` are in the catalogue's unit and worked out when asked for. */
export interface Column {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly factor: number;
  readonly offset: number;
  /** Values are local seconds, to be printed as times. */
  readonly instant: boolean;
  readonly values: () => Float64Array;
}

/** How a section samples hourly values; counted in quarters of an hour. */
export interface Sampling {
  /** First sample, after the first hour of the weather. */
  readonly phase: number;
  readonly step: number;
  readonly count: number;
}

const QUARTERS = 4;
const UNKNOWN_UNIT = 'undefined';

/** What decides the look of a column, whatever its section. */
export interface ColumnSetting {
  readonly api: Api;
  readonly units: UnitSystem;
}

export function hourlyColumn(variable: string, run: Run, setting: ColumnSetting, sampling: Sampling): Column {
  const row = HOURLY.get(variable)!;
  return column(row, run, setting, {
    count: sampling.count,
    values: () => sample(run.weather.column(row), row, sampling),
  });
}

export function dailyColumn(variable: string, run: Run, setting: ColumnSetting, days: DaySpan): Column {
  const row = DAILY.get(variable)!;
  return column(row, run, setting, { count: days.count, values: () => row.values(run.weather, days) });
}

interface Source {
  readonly count: number;
  readonly values: () => Float64Array;
}

/** A variable that another API has, but not this one, is a column of nulls without a unit; outside every grid all are. */
function column(row: HourlyRow | DailyRow, run: Run, { api, units }: ColumnSetting, source: Source): Column {
  const name = row.name + run.suffix;
  if (!row.apis.includes(api.name) || (run.uncovered === true && row.computed !== true)) {
    const values = () => new Float64Array(source.count).fill(NaN);
    return { name, unit: UNKNOWN_UNIT, decimals: 0, factor: 1, offset: 0, instant: false, values };
  }
  const conversion = convert(row.unit, units);
  const decimals = row.decimals ?? decimalsOf(conversion.unit);
  const instant = 'instant' in row && row.instant === true;
  return { name, ...conversion, decimals, instant, values: source.values };
}

function sample(hours: Float64Array, { kind }: HourlyRow, { phase, step, count }: Sampling): Float64Array {
  if (phase === 0 && step === QUARTERS) return hours;
  const share = step / QUARTERS;
  return Float64Array.from({ length: count }, (_, index) => {
    const quarter = phase + index * step;
    const hour = Math.floor(quarter / QUARTERS);
    const part = quarter / QUARTERS - hour;
    // A sum belongs to the hour that ends after it.
    if (kind === 'sum')
      return share > 1 ? sumBefore(hours, hour, share) : share * hours[Math.ceil(quarter / QUARTERS)]!;
    return kind === 'code' || part === 0 ? hours[hour]! : hours[hour]! * (1 - part) + hours[hour + 1]! * part;
  });
}

/** Of the hours that end with this one; those before the first are not known. */
function sumBefore(hours: Float64Array, last: number, count: number): number {
  return hours.subarray(Math.max(0, last - count + 1), last + 1).reduce((sum, value) => sum + value, 0);
}
