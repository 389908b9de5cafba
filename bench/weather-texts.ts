import type { WeatherRequest } from '../core/model/request';
import type { Pipeline } from '../core/pipeline/pipeline';
import { daySpan } from '../core/time/day';
import { dayLabels, hourLabels, locationText, wanderingValues } from './texts';

const WHOLE_NUMBERS = new Set([
  'weather_code',
  'relative_humidity_2m',
  'cloud_cover',
  'wind_direction_10m',
  'wind_direction_10m_dominant',
]);
const VALUE_SETS = 16;

/** Answers to any hourly or daily request of a pipeline, of the size that real ones have. Values repeat over locations and runs. */
export class WeatherTexts {
  private readonly values = new Map<string, string>();

  constructor(private readonly pipeline: Pipeline) {}

  answer(request: WeatherRequest): Buffer {
    const { section, from, to } = request;
    const times = section === 'daily' ? dayLabels(from, to) : hourLabels(from, to);
    const elements = request.locations.map((location) =>
      locationText({
        number: location.number,
        latitude: location.latitude,
        longitude: location.longitude,
        offsetSeconds:
          section === 'daily' ? this.pipeline.locations[location.number - 1]!.offsetHours * 3600 : 0,
        section: section === 'daily' ? 'daily' : 'hourly',
        times,
        columns: this.columns(request, location.number),
      }),
    );
    return Buffer.from(elements.length === 1 ? elements[0]! : `[${elements.join(',')}]`);
  }

  private columns({ section, from, to }: WeatherRequest, number: number) {
    const rows = daySpan(from, to) * (section === 'daily' ? 1 : 24);
    const columns = this.pipeline.tables.find((table) => table.section === section)!.columns;
    return new Map(
      columns.map(({ source, unit, range }, index) => {
        const seed = (number % VALUE_SETS) * 100 + index;
        return [
          source,
          { unit, values: this.valuesOf({ source, rows, range: range ?? [0, 50], seed }) },
        ] as const;
      }),
    );
  }

  private valuesOf({
    source,
    rows,
    range: [low, high],
    seed,
  }: {
    source: string;
    rows: number;
    range: readonly [number, number];
    seed: number;
  }): string {
    const key = `${source}/${rows}/${seed}`;
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const whole = WHOLE_NUMBERS.has(source);
    const top = source === 'weather_code' ? 3 : Math.min(high, low + 100);
    const values = wanderingValues(rows, { decimals: whole ? 0 : 1, low, high: top, nullShare: 0 }, seed);
    this.values.set(key, values);
    return values;
  }
}
