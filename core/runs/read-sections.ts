import { decodeRecorded, matchBody, readMatched, readRecorded } from '../answers/read-answer';
import { SourceContractError } from '../errors';
import { allSections, type Location, type Pipeline } from '../pipeline/pipeline';
import type { RecordedSection } from '../raw/recorded-document';
import type { RequestDocument } from '../raw/request-document';
import { askedBy, idsWhereTheyAre } from '../staging/archived-answers';
import type { RecordedFile } from './recorded-file';

type AskedLocation = RequestDocument['locations'][number];

/** What a file holds of the pipeline's sections and locations, at least one row. @throws SourceContractError */
export function readSections(file: RecordedFile, pipeline: Pipeline): RecordedSection[] {
  const sections =
    file.request === undefined
      ? readUntold(file, pipeline)
      : readTold(file, asInPipeline(file.request, pipeline), pipeline);
  const found = sections.filter(({ answers }) => answers.some(({ section: { rows } }) => rows > 0));
  if (found.length > 0) return found;
  throw file.request === undefined ? noRows(file, pipeline) : nothingAsked(file, file.request, pipeline);
}

function readUntold({ name, bytes }: RecordedFile, pipeline: Pipeline): RecordedSection[] {
  const { models } = pipeline.source;
  const decoded = decodeRecorded(bytes, pipeline);
  return allSections(pipeline).map((section) => ({
    file: name,
    section,
    answers: readRecorded(decoded, { section, models }, pipeline),
  }));
}

/** As the archive reads what it keeps: by the request document. A location that has moved since has another weather. */
function readTold(
  { name, bytes }: RecordedFile,
  request: RequestDocument,
  pipeline: Pipeline,
): RecordedSection[] {
  const { section } = request;
  if (!allSections(pipeline).includes(section)) return [];
  const asked = askedBy(request);
  const matches = matchBody(bytes, asked, pipeline);
  const ids = idsWhereTheyAre(request, { number: 0, locations: pipeline.locations });
  const ours = matches.filter(({ location }) => ids.has(location.id));
  const locations = matches.map(({ location }) => location);
  return [
    {
      file: name,
      section,
      answers: readMatched(ours, asked, pipeline),
      request: { ...request, locations },
    },
  ];
}

/**
 * The document with the pipeline's own ids of the places that it asked for. A place that the pipeline does not have keeps
 * its id, in brackets where the pipeline has a location of that id elsewhere.
 */
function asInPipeline(request: RequestDocument, { locations }: Pipeline): RequestDocument {
  const unmoved = idsWhereTheyAre(request, { number: 0, locations });
  const ids = new Set(locations.map(({ id }) => id));
  const others = new Map<string, string[]>();
  for (const location of locations.filter(({ id }) => !unmoved.has(id)))
    others.set(placeOf(location), [...(others.get(placeOf(location)) ?? []), location.id]);
  const nameOf = (one: AskedLocation) => {
    if (unmoved.has(one.id)) return one.id;
    return others.get(placeOf(one))?.shift() ?? (ids.has(one.id) ? `(${one.id})` : one.id);
  };
  return { ...request, locations: request.locations.map((one) => ({ ...one, id: nameOf(one) })) };
}

function placeOf({ latitude, longitude, elevation }: AskedLocation | Location): string {
  return [latitude, longitude, elevation].join();
}

function noRows({ name }: RecordedFile, pipeline: Pipeline): SourceContractError {
  const sections = allSections(pipeline);
  return new SourceContractError(
    `The file holds no row of a section that the pipeline ${pipeline.name} reads (${sections.join(', ')}); draft a pipeline for it with init --from.`,
    { context: { file: name, sections } },
  );
}

function nothingAsked(
  { name }: RecordedFile,
  { section, locations }: RequestDocument,
  pipeline: Pipeline,
): SourceContractError {
  const places = locations.map(({ id }) => id);
  return new SourceContractError(
    `The request beside the file asked for the section ${section} of ${places.length} locations, and the pipeline ${pipeline.name} has none of them there; replay it with the pipeline that it was fetched for.`,
    { context: { file: name, section, locations: places.slice(0, 20) } },
  );
}
