import { createHash } from 'node:crypto';
import { seriesPerVariable } from '../model/ensemble-members';
import type { RequestLocation, WeatherRequest } from '../model/request';
import type { Section } from '../model/source';
import { temporalResolution } from '../model/step-hours';
import {
  isDaySection,
  type Location,
  type Pipeline,
  requestedSections,
  tablesOf,
} from '../pipeline/pipeline';
import { type Day, daySpan } from '../time/day';
import { fixedZoneName } from '../time/zone';
import { type Chunk, chunksOf } from './chunks';
import type { DaySource } from './source-rule';
import { requestWeight } from './weight';

/** Days asked for together, from one source. */
export interface DayRun {
  readonly from: Day;
  readonly to: Day;
  readonly source: DaySource;
}

const ID_HEX_DIGITS = 16;

/** The requests of a run of days, ordered by chunk, then section: one for each. */
export function planRequests(pipeline: Pipeline, run: DayRun): WeatherRequest[] {
  return chunksOf(pipeline).flatMap((chunk) =>
    requestedSections(pipeline).map((section) => planRequest(pipeline, { run, chunk, section })),
  );
}

interface RequestPlace {
  readonly run: DayRun;
  readonly chunk: Chunk;
  readonly section: Section;
}

export function planRequest(pipeline: Pipeline, { run, chunk, section }: RequestPlace): WeatherRequest {
  const tables = tablesOf(pipeline, section);
  const variables = [...new Set(tables.flatMap((table) => table.columns.map((column) => column.variable)))];
  const resolution = temporalResolution({ api: run.source.api, section }, tables[0]?.stepSeconds);
  const asked = {
    api: run.source.api,
    models: run.source.models,
    section,
    variables,
    ...(resolution === undefined ? {} : { temporalResolution: resolution }),
    unitParameters: unitParameters(pipeline),
    locations: chunk.locations.map((location) => toRequestLocation(location, dayZone(pipeline, section))),
    from: run.from,
    to: run.to,
  };
  const weight = requestWeight({
    locations: chunk.locations.length,
    variables: variables.length,
    series: seriesPerVariable(run.source.api, run.source.models),
    days: daySpan(run.from, run.to),
  });
  return { id: requestId(asked), ...asked, chunk: chunk.number, weight };
}

function unitParameters(pipeline: Pipeline): Record<string, string> {
  const set = Object.entries(pipeline.source.units).filter(
    (entry): entry is [string, NonNullable<(typeof entry)[1]>] => entry[1] !== undefined,
  );
  return Object.fromEntries(set);
}

type DayZone = (location: Location) => string | undefined;

function dayZone(pipeline: Pipeline, section: Section): DayZone {
  const day = isDaySection(section) ? tablesOf(pipeline, section)[0]?.day : 'utc';
  if (day === 'standard') return ({ offsetHours }) => fixedZoneName(offsetHours);
  if (day === 'as_received') return ({ timezone }) => timezone;
  return () => undefined;
}

function toRequestLocation(location: Location, zoneOf: DayZone): RequestLocation {
  const timezone = zoneOf(location);
  return {
    id: location.id,
    number: location.number,
    latitude: location.latitude,
    longitude: location.longitude,
    ...(location.elevation === undefined ? {} : { elevation: location.elevation }),
    ...(timezone === undefined ? {} : { timezone }),
  };
}

/** Object keys are written out in a fixed order above, so equal questions serialize equally. */
function requestId(asked: Omit<WeatherRequest, 'id' | 'chunk' | 'weight'>): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, ID_HEX_DIGITS);
}
