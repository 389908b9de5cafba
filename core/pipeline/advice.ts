import { VARIABLE_CATALOGUE } from '../drafting/variable-catalogue';
import { editDistance } from '../near-names';
import { chunksOf } from '../planning/chunks';
import { planRequests } from '../planning/requests';
import { dayOfNumber, SECONDS_PER_HOUR } from '../time/day';
import { STANDARD_TIME_YEAR, zoneOffsetSeconds } from '../time/zone';
import { elevationAdvice } from './elevation-advice';
import { unknownModels } from './model-advice';
import { isDaySection, isRequestedSection, type Pipeline } from './pipeline';
import { regionAdvice } from './region-advice';
import { unitDoubt } from './unit-doubt';

/** Something in a pipeline that is no mistake but worth knowing. */
export interface Advice {
  readonly path: string;
  readonly message: string;
}

/** Weights are sums of binary fractions. */
const ROUNDING = 1e-6;

/** Letters that a slip of the keyboard changes at most. */
const SLIP_LETTERS = 2;

/** What a pipeline file promises less than its author may think. */
export function adviceFor(pipeline: Pipeline): Advice[] {
  return [
    ...unpinnedArchive(pipeline),
    ...missingHistory(pipeline),
    ...unknownModels(pipeline),
    ...idleLimits(pipeline),
    ...weightOfARun(pipeline),
    ...elevationAdvice(pipeline),
    ...cutZones(pipeline),
    ...regionAdvice(pipeline),
    ...pipeline.tables.flatMap((table, index) => tableAdvice(table, `tables[${index}]`)),
  ];
}

function unpinnedArchive({ source }: Pipeline): Advice[] {
  const message =
    'without a model the archive mixes several, hour by hour; pin one, such as "era5", for history that can be made again';
  return [
    ...(source.api === 'archive' && source.models.length === 0 ? [{ path: 'source.models', message }] : []),
    ...(source.history?.api === 'archive' && source.history.models.length === 0
      ? [{ path: 'source.history.models', message }]
      : []),
  ];
}

function missingHistory({ source }: Pipeline): Advice[] {
  if (source.api !== 'forecast' || source.history !== undefined) return [];
  const message =
    'the forecast API reaches back 93 days; name a second API, such as the archive, to backfill further';
  return [{ path: 'source.history', message }];
}

const NEXT_LIMITS = [
  ['minute', 'hour'],
  ['hour', 'day'],
] as const;

function idleLimits({ source: { limits } }: Pipeline): Advice[] {
  return NEXT_LIMITS.filter(([window, next]) => limits[window] > limits[next]).map(([window, next]) => ({
    path: `source.limits.${window}`,
    message: `${limits[window]} is above source.limits.${next} (${limits[next]}), which is met first; see that they are not swapped`,
  }));
}

function weightOfARun(pipeline: Pipeline): Advice[] {
  const { api, models, limits } = pipeline.source;
  const day = dayOfNumber(0);
  const requests = planRequests(pipeline, { from: day, to: day, source: { api, models } });
  const weight = requests.reduce((sum, request) => sum + request.weight, 0);
  if (weight <= limits.hour) return [];
  const message = `a daily run weighs ${Math.ceil(weight - ROUNDING)} over ${chunksOf(pipeline).length} chunks, more than an hour's quota (${limits.hour}); run it with --wait day, or take a larger plan`;
  return [{ path: 'source.limits', message }];
}

/** Only where rows are cut at each location's own midnight. */
function cutZones({ locations, tables }: Pipeline): Advice[] {
  if (!tables.some(({ section, day }) => isDaySection(section) && day === 'standard')) return [];
  return locations.flatMap(({ timezone, utc_offset_hours }, index) => {
    if (utc_offset_hours !== undefined || HALF_YEARS.every((start) => isWholeHour(timezone, start)))
      return [];
    const message = `${timezone} lies off the whole hour, and the source reads whole hours only: its day begins up to an hour late or early`;
    return [{ path: `locations[${index}].timezone`, message }];
  });
}

const HALF_YEARS = [Date.UTC(STANDARD_TIME_YEAR, 0, 1), Date.UTC(STANDARD_TIME_YEAR, 6, 1)];

function isWholeHour(timezone: string, milliseconds: number): boolean {
  return zoneOffsetSeconds(timezone, milliseconds) % SECONDS_PER_HOUR === 0;
}

function tableAdvice(table: Pipeline['tables'][number], path: string): Advice[] {
  const { section, day, columns } = table;
  const advice = [...misspeltVariables(table, path), ...doubtedUnits(table, path)];
  if (!isRequestedSection(section)) {
    const message =
      'days of this section cannot be asked for; its rows come from recorded answers only (replay FILE)';
    advice.push({ path: `${path}.section`, message });
  }
  if (isDaySection(section) && day === 'as_received') {
    const message =
      'the server cuts days by the offset that is valid at the time of asking: the same date asked for in summer and in winter differs';
    advice.push({ path: `${path}.day`, message });
  }
  const open = columns.filter(({ range, type }) => range === undefined && isNumeric(type)).length;
  if (open > 0) {
    const message = `${open} of ${columns.length} columns have no range: whatever number comes is published`;
    advice.push({ path: `${path}.columns`, message });
  }
  return advice;
}

function isNumeric(type: Pipeline['tables'][number]['columns'][number]['type']): boolean {
  return type === 'float32' || type === 'float64' || type === 'int32';
}

/** Variables that look like a slip in a name that is known. The source has more than the catalogue, so it is no mistake. */
function misspeltVariables({ section, columns }: Pipeline['tables'][number], path: string): Advice[] {
  const known = VARIABLE_CATALOGUE.filter((row) => row.section === section).map(({ variable }) => variable);
  return columns.flatMap(({ variable }, index) => {
    const meant = known.includes(variable) ? undefined : known.find((name) => isSlipOf(variable, name));
    if (meant === undefined) return [];
    const message = `${variable} is no ${section} variable of the catalogue; if the source refuses it, ${meant} may be meant`;
    return [{ path: `${path}.columns[${index}].source`, message }];
  });
}

function doubtedUnits({ section, columns }: Pipeline['tables'][number], path: string): Advice[] {
  return columns.flatMap((column, index) => {
    const message = unitDoubt(column, section);
    return message === undefined ? [] : [{ path: `${path}.columns[${index}].unit`, message }];
  });
}

/** Names that differ in their numbers alone are heights, depths or levels. */
function isSlipOf(name: string, known: string): boolean {
  return withoutNumbers(name) !== withoutNumbers(known) && editDistance(name, known) <= SLIP_LETTERS;
}

function withoutNumbers(name: string): string {
  return name.replaceAll(/\d+/g, '#');
}
