import fc from 'fast-check';
import type { Pipeline } from '../../../../core/pipeline/pipeline';
import type { Day } from '../../../../core/time/day';
import { type Json as Facts, pipelineOf } from '../../../weather/pipeline-of';
import {
  anyToken,
  type Json,
  numberToken,
  objectOf,
  shuffled,
  spaces,
  textToken,
  write,
} from '../decode/answer-arbitrary';

/** An answer that keeps every promise, and what was asked to get it. */
export interface WholeAnswer {
  readonly text: string;
  readonly pipeline: Pipeline;
  readonly section: 'hourly' | 'daily';
  readonly from: Day;
  readonly to: Day;
}

const FIRST = '2026-03-10' as Day;
const LAST = { hourly: FIRST, daily: '2026-03-12' as Day };
const ROWS = { hourly: 24, daily: 3 };
const STEP = { hourly: 3_600, daily: 86_400 };
const START = Date.parse(FIRST) / 1000;

const COLUMNS = [
  { source: 'temperature_2m', type: 'float64', unit: '°C' },
  { source: 'rain', type: 'float64', unit: 'mm' },
  { source: 'sunrise', type: 'timestamp', unit: 'iso8601' },
  { source: 'note', type: 'string', unit: '' },
] as const;

interface Shape {
  readonly section: WholeAnswer['section'];
  readonly unixtime: boolean;
  readonly locations: readonly Facts[];
}

const location = fc.record({
  latitude: fc.integer({ min: -840, max: 840 }).map((tenths) => tenths / 10),
  longitude: fc.integer({ min: -1_800, max: 1_800 }).map((tenths) => tenths / 10),
  utc_offset_hours: fc.integer({ min: -12, max: 14 }),
});

const shape: fc.Arbitrary<Shape> = fc.record({
  section: fc.constantFrom('hourly', 'daily'),
  unixtime: fc.boolean(),
  locations: fc
    .array(location, { minLength: 1, maxLength: 4 })
    .map((places) =>
      places.map((place, index) => ({ id: `p${index}`, name: `P${index}`, timezone: 'Etc/UTC', ...place })),
    ),
});

/** Seconds as the answer writes them. */
function timeToken(seconds: number, { section, unixtime }: Shape, isAxis: boolean): string {
  if (unixtime) return String(seconds);
  const length = section === 'daily' && isAxis ? 10 : 16;
  return `"${new Date(seconds * 1000).toISOString().slice(0, length)}"`;
}

function axisOf(asked: Shape, offset: number): string[] {
  const { section, unixtime } = asked;
  const start = START - (unixtime ? offset : 0);
  return Array.from({ length: ROWS[section] }, (_, row) =>
    timeToken(start + row * STEP[section], asked, true),
  );
}

function columnOf(type: (typeof COLUMNS)[number]['type'], asked: Shape): fc.Arbitrary<Json> {
  const length = ROWS[asked.section];
  const instant = fc
    .integer({ min: 0, max: 1_439 })
    .map((minute) => timeToken(START + minute * 60, asked, false));
  const token = {
    float64: numberToken,
    timestamp: fc.oneof(instant, fc.constant('null')),
    string: textToken,
  };
  return fc.array(token[type], { minLength: length, maxLength: length });
}

/** A coordinate near the place: of a cell, or not told. */
function coordinate(value: number, limit: number): fc.Arbitrary<string> {
  const cell = fc
    .integer({ min: -140, max: 140 })
    .map((cents) => Math.max(-limit, Math.min(limit, value + cents / 100)).toFixed(6));
  return fc.oneof({ weight: 6, arbitrary: cell }, fc.constantFrom('null', 'nan', '-nan'));
}

function elementOf(asked: Shape, index: number): fc.Arbitrary<Json> {
  const place = asked.locations[index]!;
  const { section } = asked;
  const offset = section === 'daily' ? Number(place.utc_offset_hours) * 3_600 : 0;
  const timeUnit = asked.unixtime ? '"unixtime"' : '"iso8601"';
  const unitOf = (source: string, unit: string) => (source === 'sunrise' ? timeUnit : JSON.stringify(unit));
  const block = objectOf([
    ['time', fc.constant(axisOf(asked, offset))],
    ...COLUMNS.map(({ source, type }) => [source, columnOf(type, asked)] as const),
    ['not_wanted', fc.array(anyToken, { minLength: ROWS[section], maxLength: ROWS[section] })],
  ]);
  const units = objectOf([
    ['time', fc.constant(timeUnit)],
    ...COLUMNS.map(({ source, unit }) => [source, fc.constant(unitOf(source, unit))] as const),
  ]);
  return fc
    .tuple(
      coordinate(Number(place.latitude), 90),
      coordinate(Number(place.longitude), 180),
      fc.constantFrom('38.0', '-12', '8.8e3', 'null', 'nan', '-nan', undefined),
    )
    .chain(([latitude, longitude, elevation]) =>
      objectOf([
        ['latitude', fc.constant(latitude)],
        ['longitude', fc.constant(longitude)],
        ...optional('elevation', elevation),
        ['generationtime_ms', fc.constant('0.25')],
        ['utc_offset_seconds', fc.constant(String(offset))],
        ['location_id', fc.constant(String(index + 1))],
        [`${section}_units`, units],
        [section, block],
      ]),
    );
}

function optional(name: string, token: string | undefined): (readonly [string, fc.Arbitrary<Json>])[] {
  return token === undefined ? [] : [[name, fc.constant(token)]];
}

function pipelineFor({ section, locations }: Shape): Pipeline {
  return pipelineOf({ locations, tables: [{ name: 'weather', section, columns: COLUMNS }] });
}

/** Whole answers of the forecast API, in every way that JSON can be written. */
export const wholeAnswer: fc.Arbitrary<WholeAnswer> = shape.chain((asked) =>
  fc
    .tuple(fc.tuple(...asked.locations.map((_, index) => elementOf(asked, index))).chain(shuffled), spaces)
    .map(([elements, gaps]) => ({
      text: write(elements.length === 1 ? elements[0]! : elements, gaps),
      pipeline: pipelineFor(asked),
      section: asked.section,
      from: FIRST,
      to: LAST[asked.section],
    })),
);
