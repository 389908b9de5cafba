import type { DecodedLocation, DecodedSection } from '../decode/answer';
import { decodeAnswer } from '../decode/decode-answer';
import type { RequestLocation } from '../model/request';
import type { ApiName, Section } from '../model/source';
import { allSections, isDaySection, type Location, type Pipeline, tablesOf } from '../pipeline/pipeline';
import { stepOfSection } from '../pipeline/section-steps';
import type { Day } from '../time/day';
import { checkCells, checkElevation } from './check-cell';
import { checkCalendar, checkRecordedStep, checkTimeGrid } from './check-time';
import { contractError } from './contract-error';
import type { LocationAnswer } from './location-answer';
import { type MatchedLocation, matchAnswer, matchKept } from './match-answer';
import { matchRecorded } from './match-recorded';
import { refuseUnserved } from './refuse-unserved';
import { resolveColumns } from './resolve-columns';
import { wantedColumns } from './wanted-columns';

/** What a body answers. A recorded one is held to what it says itself, not to what was asked. */
export interface AskedAnswer {
  readonly recorded: boolean;
  readonly api: ApiName;
  readonly section: Section;
  readonly models: readonly string[];
  /** Of a recorded answer: the locations of its elements, in their order. */
  readonly locations: readonly RequestLocation[];
  readonly from: Day;
  readonly to: Day;
}

/**
 * A body's rows of one section, by location, held to the contract of the pipeline.
 *
 * @throws SourceContractError naming location, section, column, byte offset and what was received
 */
export function readAnswer(body: Uint8Array, asked: AskedAnswer, pipeline: Pipeline): LocationAnswer[] {
  return readMatched(matchBody(body, asked, pipeline), asked, pipeline);
}

/** The elements of a body that hold the section asked for, each with the location that it is about. @throws SourceContractError */
export function matchBody(
  body: Uint8Array,
  asked: AskedAnswer,
  pipeline: Pipeline,
): MatchedLocation<RequestLocation>[] {
  const matches = asked.recorded
    ? matchKept(holding(decodeRecorded(body, pipeline, asked.models), asked), asked)
    : matchAnswer(
        decodeAnswer(body, wantedColumns([asked.section], pipeline.tables, asked.models)),
        asked.locations,
      );
  checkCells(matches, asked);
  return matches;
}

/** The rows of the elements whose locations the pipeline has. @throws SourceContractError */
export function readMatched(
  matches: readonly MatchedLocation<Pick<RequestLocation, 'id'>>[],
  asked: AskedAnswer,
  pipeline: Pipeline,
): LocationAnswer[] {
  const byId = new Map(pipeline.locations.map((location) => [location.id, location]));
  const answers = matches.flatMap(({ location: { id }, decoded }) => {
    const location = byId.get(id);
    return location === undefined ? [] : [readLocation({ decoded, location, asked, pipeline })];
  });
  refuseUnserved(answers, asked, pipeline);
  return answers;
}

/** Every section of the pipeline that a recorded body holds. @throws SourceContractError */
export function decodeRecorded(
  body: Uint8Array,
  pipeline: Pipeline,
  models: readonly string[] = pipeline.source.models,
): DecodedLocation[] {
  const { section } = pipeline.recorded;
  const wanted = wantedColumns(allSections(pipeline), pipeline.tables, models);
  return decodeAnswer(body, wanted, section === undefined ? {} : { bareSection: section });
}

/**
 * One section's rows of a recorded body that no request document tells of; elements that lack the section are left out.
 *
 * @throws SourceContractError
 */
export function readRecorded(
  answer: readonly DecodedLocation[],
  { section, models }: Pick<AskedAnswer, 'section' | 'models'>,
  pipeline: Pipeline,
): LocationAnswer[] {
  const matches = matchRecorded(holding(answer, { section }), pipeline);
  const { api } = pipeline.source;
  const day = '' as Day;
  const asked = { recorded: true, api, section, models, locations: [], from: day, to: day };
  for (const match of matches) checkElevation(match);
  return readMatched(matches, asked, pipeline);
}

function holding(
  answer: readonly DecodedLocation[],
  { section }: Pick<AskedAnswer, 'section'>,
): DecodedLocation[] {
  return answer.filter(({ sections }) => sections.has(section));
}

interface LocationReading {
  readonly decoded: DecodedLocation;
  readonly location: Location;
  readonly asked: AskedAnswer;
  readonly pipeline: Pipeline;
}

function readLocation(reading: LocationReading): LocationAnswer {
  const { decoded, location, asked, pipeline } = reading;
  const section = sectionOf(reading);
  checkCalendar(section, { section: asked.section, location: location.id });
  const offsetSeconds = offsetOf(reading, section);
  const stepSeconds = stepOfSection(pipeline, asked.section);
  const row = { section: asked.section, location: location.id, stepSeconds };
  if (asked.recorded) checkRecordedStep(section, row);
  else checkTimeGrid(section, { ...row, from: asked.from, to: asked.to, offsetSeconds });
  const place = {
    section,
    sectionName: asked.section,
    models: asked.models,
    location,
    statedUnits: asked.recorded ? (pipeline.recorded.units ?? {}) : {},
  };
  const tables = tablesOf(pipeline, asked.section);
  return {
    location,
    section,
    offsetSeconds,
    columns: new Map(tables.map((table) => [table.name, resolveColumns(table, place)])),
    ...(typeof decoded.latitude === 'number' && { gridLatitude: decoded.latitude }),
    ...(typeof decoded.longitude === 'number' && { gridLongitude: decoded.longitude }),
    ...(decoded.elevation === undefined ? {} : { elevation: decoded.elevation }),
  };
}

function sectionOf({ decoded, location, asked }: LocationReading): DecodedSection {
  const section = decoded.sections.get(asked.section);
  if (section !== undefined) return section;
  throw contractError({
    message: 'the answer does not hold this section',
    section: asked.section,
    location: location.id,
    received: [...decoded.sections.keys()].join(', ') || 'no section asked for',
  });
}

/** The offset of the answer itself, held to the table's day. Hours are only labels of instants, so any offset will do there. */
function offsetOf({ decoded, location, asked, pipeline }: LocationReading, section: DecodedSection): number {
  const stated = asked.recorded ? pipeline.recorded.utc_offset_seconds : undefined;
  const offset = decoded.utcOffsetSeconds ?? stated;
  const place = {
    section: asked.section,
    location: location.id,
    column: 'utc_offset_seconds',
    byteOffset: section.offset,
  };
  if (offset === undefined) {
    throw contractError({
      ...place,
      message:
        'the answer does not say its offset from UTC; state it under recorded.utc_offset_seconds in the pipeline',
    });
  }
  const promised = promisedOffset({ location, asked, pipeline });
  if (promised === undefined || promised === offset) return offset;
  throw contractError({
    ...place,
    message: `local times must be at ${promised} seconds east of UTC${otherDay(offset, asked, pipeline)}`,
    received: String(offset),
  });
}

/** How an answer of another day is read: one kept before the location's standard time was known better, or of another zone. */
function otherDay(offset: number, { section }: AskedAnswer, pipeline: Pipeline): string {
  const hours = offset / 3600;
  const isStandard = isDaySection(section) && tablesOf(pipeline, section)[0]?.day === 'standard';
  if (!isStandard || !Number.isInteger(hours)) return '';
  return `; an answer of the day at ${offset} is read where the location says "utc_offset_hours": ${hours}`;
}

function promisedOffset({ location, asked, pipeline }: Omit<LocationReading, 'decoded'>): number | undefined {
  if (!isDaySection(asked.section)) return asked.recorded ? undefined : 0;
  const day = tablesOf(pipeline, asked.section)[0]?.day;
  if (day === 'as_received') return undefined;
  return day === 'utc' ? 0 : location.offsetHours * 3600;
}
