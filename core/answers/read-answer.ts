import type { DecodedLocation, DecodedSection } from '../decode/answer';
import { decodeAnswer } from '../decode/decode-answer';
import type { RequestLocation } from '../model/request';
import type { Section } from '../model/source';
import { allSections, isDaySection, type Location, type Pipeline, tablesOf } from '../pipeline/pipeline';
import { stepOfSection } from '../pipeline/section-steps';
import type { Day } from '../time/day';
import { checkCalendar, checkRecordedStep, checkTimeGrid } from './check-time';
import { contractError } from './contract-error';
import type { LocationAnswer } from './location-answer';
import { matchByCoordinates, matchByNumber } from './match-locations';
import { resolveColumns } from './resolve-columns';
import { wantedColumns } from './wanted-columns';

/** What a body answers. A recorded one is held to what it says itself, not to what was asked. */
export interface AskedAnswer {
  readonly recorded: boolean;
  readonly section: Section;
  readonly models: readonly string[];
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
  if (asked.recorded) return readRecorded(decodeRecorded(body, pipeline), asked, pipeline);
  const answer = decodeAnswer(body, wantedColumns([asked.section], pipeline.tables, asked.models));
  const byId = new Map(pipeline.locations.map((location) => [location.id, location]));
  return matchByNumber(answer, asked.locations).flatMap(({ location: { id }, decoded }) => {
    const location = byId.get(id);
    return location === undefined ? [] : [readLocation({ decoded, location, asked, pipeline })];
  });
}

/** Every section of the pipeline that a recorded body holds. @throws SourceContractError */
export function decodeRecorded(body: Uint8Array, pipeline: Pipeline): DecodedLocation[] {
  const { section } = pipeline.recorded;
  const wanted = wantedColumns(allSections(pipeline), pipeline.tables, pipeline.source.models);
  return decodeAnswer(body, wanted, section === undefined ? {} : { bareSection: section });
}

/** One section's rows of a recorded body; elements that lack the section are left out. @throws SourceContractError */
export function readRecorded(
  answer: readonly DecodedLocation[],
  asked: Pick<AskedAnswer, 'section' | 'models'>,
  pipeline: Pipeline,
): LocationAnswer[] {
  const holding = answer.filter(({ sections }) => sections.has(asked.section));
  const reading = { ...asked, recorded: true, locations: [], from: '' as Day, to: '' as Day };
  return matchByCoordinates(holding, pipeline.locations, pipeline.recorded).map(({ location, decoded }) =>
    readLocation({ decoded, location, asked: reading, pipeline }),
  );
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
    location: location.id,
    statedUnits: asked.recorded ? (pipeline.recorded.units ?? {}) : {},
  };
  const tables = tablesOf(pipeline, asked.section);
  return {
    location,
    section,
    offsetSeconds,
    columns: new Map(tables.map((table) => [table.name, resolveColumns(table, place)])),
    ...(decoded.latitude === undefined ? {} : { gridLatitude: decoded.latitude }),
    ...(decoded.longitude === undefined ? {} : { gridLongitude: decoded.longitude }),
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
