import { sliceByDay } from '../answers/day-slices';
import type { LocationAnswer } from '../answers/location-answer';
import { sha256 } from '../hash';
import type { Section } from '../model/source';
import type { Pipeline } from '../pipeline/pipeline';
import type { RequestDocument } from './request-document';

/** What a recorded file holds of one section: at least one row. */
export interface RecordedSection {
  /** Name of the file, without its path. */
  readonly file: string;
  readonly section: Section;
  readonly answers: readonly LocationAnswer[];
  /** What was asked to get the file, where that is known; its locations are those of the elements, in their order. */
  readonly request?: RequestDocument;
}

/** What would have been asked to get the recorded answer. The same columns, places and days make the same request. */
export function recordedDocument(
  { source, tables }: Pipeline,
  { file, section, answers, request }: RecordedSection,
): RequestDocument {
  const days = answers.flatMap((answer) => [...sliceByDay(answer, section).keys()]).sort();
  const { api, models } = request ?? source;
  const locations = request?.locations ?? answers.map(requestLocation);
  const asked = {
    method: 'RECORDED' as const,
    api,
    models,
    section,
    variables: tables
      .filter((table) => table.section === section)
      .flatMap(({ columns }) => columns.map(({ variable }) => variable)),
    locations,
    from: days[0]!,
    to: days.at(-1)!,
  };
  return {
    request_id: sha256(JSON.stringify(asked)).slice(0, 16),
    address: `file:${file}`,
    form: {},
    ...asked,
  };
}

function requestLocation({ location }: LocationAnswer): RequestDocument['locations'][number] {
  const { id, number, latitude, longitude, elevation } = location;
  return { id, number, latitude, longitude, ...(elevation === undefined ? {} : { elevation }) };
}
