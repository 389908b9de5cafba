import { type Api, SECTION_NAMES, type SectionName } from './apis';
import { DAY_MS, dayText, parseDay } from './calendar';
import { DAILY } from './catalogue/daily';
import { HOURLY } from './catalogue/hourly';
import { seriesCounted } from './ensembles';
import type { QuotaLimits } from './limits';
import { BEST_MATCH, MODELS, type Model } from './models';
import { list, type Parameters, type Place, readPlaces } from './places';
import { badRequest, outOfRange, REASONS, unequalCounts, unknownValue } from './refusal';
import { DEFAULT_UNITS, type UnitSystem } from './units';
import { requestWeight } from './weight';

/** One element of the answer: a place and its local days since the epoch. */
export interface Element {
  readonly place: Place;
  readonly firstDay: number;
  readonly days: number;
}

/** A request that was understood. */
export interface Question {
  readonly api: Api;
  readonly elements: readonly Element[];
  /** Variables by section, duplicates kept. */
  readonly sections: Readonly<Partial<Record<SectionName, readonly string[]>>>;
  readonly models: readonly Model[];
  readonly units: UnitSystem;
  readonly unixtime: boolean;
  /** Hours from row to row of the hourly section. */
  readonly hourlyStep: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly weight: number;
}

/** @throws Refusal 400 */
export function readQuestion(api: Api, parameters: Parameters, now: number, limits: QuotaLimits): Question {
  const places = readPlaces(parameters, now, limits.locations);
  const elements = readElements(api, parameters, places, now);
  const sections = readSections(api, parameters);
  const models = readModels(api, parameters);
  const names = Object.values(sections).reduce((sum, variables) => sum + variables.length, 0);
  const weight = requestWeight(
    names * seriesCounted(api, models),
    elements.map(({ days }) => days),
  );
  if (weight > limits.perRequest) throw badRequest(REASONS.tooMuchData);
  const unixtime = choice(parameters.timeformat, ['iso8601', 'unixtime'], 'Timeformat') === 'unixtime';
  return {
    api,
    elements,
    sections,
    models,
    units: readUnits(parameters),
    unixtime,
    hourlyStep: readHourlyStep(api, parameters),
    now,
    weight,
  };
}

/** Several dates for one place give several elements, as several places for one date do. */
function readElements(api: Api, parameters: Parameters, places: readonly Place[], now: number): Element[] {
  const starts = list(parameters.start_date);
  const ends = list(parameters.end_date);
  if (starts.length === 0 && ends.length === 0)
    return places.map((place) => defaultDays(api, parameters, place, now));
  if (starts.length === 0 || ends.length === 0) throw badRequest(REASONS.bothDates);
  if (starts.length !== ends.length) throw unequalCounts('start_date', "'end_date'");
  if (list(parameters.past_days).length + list(parameters.forecast_days).length > 0) {
    throw badRequest(REASONS.dateOrSpan);
  }
  const ranges = starts.map((start, index) => readRange(api, start, ends[index]!, now));
  const count = Math.max(places.length, ranges.length);
  if (![1, count].includes(places.length) || ![1, count].includes(ranges.length)) {
    throw unequalCounts('start_date', "'end_date' and coordinates");
  }
  return Array.from({ length: count }, (_, index) => ({
    place: places[index] ?? places[0]!,
    ...(ranges[index] ?? ranges[0]!),
  }));
}

function readRange(api: Api, start: string, end: string, now: number): Omit<Element, 'place'> {
  const from = parseDay(start);
  const to = parseDay(end);
  if (from === undefined || to === undefined) throw badRequest(REASONS.dateFormat);
  if (to < from) throw badRequest(REASONS.endBeforeStart);
  const [first, last] = api.allowed(Math.floor(now / DAY_MS));
  if (from < first || from > last) throw outOfRange('start_date', dayText(first), dayText(last));
  if (to > last) throw outOfRange('end_date', dayText(first), dayText(last));
  return { firstDay: from, days: to - from + 1 };
}

function defaultDays(api: Api, parameters: Parameters, place: Place, now: number): Element {
  if (api.defaultDays === undefined) throw badRequest(REASONS.bothDates);
  const past = spanOf(parameters.past_days, 0, api.pastDays, 'Past days');
  const ahead = spanOf(parameters.forecast_days, api.defaultDays, api.forecastDays, 'Forecast days');
  const today = Math.floor((now + place.zone.readHours * 3_600_000) / DAY_MS);
  return { place, firstDay: today - past, days: past + ahead };
}

function spanOf(text: string | undefined, otherwise: number, max: number, label: string): number {
  const days = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(days) || days < 0 || days > max) {
    throw badRequest(`${label} is invalid. Allowed range 0 to ${max}. Given ${text}.`);
  }
  return days;
}

const HOURLY_TYPES =
  'VariableOrSpread<SurfacePressureAndHeightVariable<ForecastSurfaceVariable, ForecastPressureVariable, ForecastHeightVariable>>';
const DAILY_TYPES = 'ForecastVariableDaily';

function readSections(api: Api, parameters: Parameters): Question['sections'] {
  const sections: Partial<Record<SectionName, readonly string[]>> = {};
  for (const section of SECTION_NAMES) {
    const variables = list(parameters[section]);
    if (variables.length === 0 || !api.sections.includes(section)) continue;
    const known = section === 'daily' ? DAILY : HOURLY;
    const unknown = variables.find((name) => !known.has(name));
    if (unknown !== undefined) throw unknownValue(section === 'daily' ? DAILY_TYPES : HOURLY_TYPES, unknown);
    sections[section] = variables;
  }
  return sections;
}

/** The air-quality API reads no `models`: it has domains. */
function readModels({ name: api }: Api, { models: text, domains }: Parameters): Model[] {
  const models = list(api === 'air-quality' ? domains : text).map((name) => {
    const model = MODELS.get(name);
    if (!model) throw unknownValue('MultiDomains', name);
    return model;
  });
  return models.length === 0 ? [BEST_MATCH] : models;
}

/** The seasonal models have a value every six hours, and the server gives no more unless it is asked to. */
function readHourlyStep({ name }: Api, { temporal_resolution: text }: Parameters): number {
  const own = name === 'seasonal' ? 6 : 1;
  if (name !== 'seasonal' && name !== 'ensemble') return own;
  const steps: Readonly<Record<string, number>> = { native: own, hourly: 1, hourly_3: 3, hourly_6: 6 };
  const step = text === undefined || text === '' ? own : steps[text];
  if (step === undefined) throw unknownValue('ApiTemporalResolution', text ?? '');
  return step;
}

function readUnits(parameters: Parameters): UnitSystem {
  const { temperature_unit, wind_speed_unit, windspeed_unit, precipitation_unit } = parameters;
  return {
    temperature: choice(temperature_unit, [DEFAULT_UNITS.temperature, 'fahrenheit'], 'TemperatureUnit'),
    wind: choice(wind_speed_unit ?? windspeed_unit, [DEFAULT_UNITS.wind, 'ms', 'mph', 'kn'], 'WindspeedUnit'),
    precipitation: choice(precipitation_unit, [DEFAULT_UNITS.precipitation, 'inch'], 'PrecipitationUnit'),
  };
}

/** The first choice when nothing is said. */
function choice<T extends string>(text: string | undefined, choices: readonly T[], types: string): T {
  const chosen = text === undefined || text === '' ? choices[0] : choices.find((one) => one === text);
  if (chosen === undefined) throw unknownValue(types, text ?? '');
  return chosen;
}
