import { decodeRecorded, readRecorded } from '../answers/read-answer';
import { ConfigError, SourceContractError } from '../errors';
import { PIPELINE_DEFAULTS } from '../pipeline/defaults';
import { parsePipeline } from '../pipeline/parse-pipeline';
import { allSections } from '../pipeline/pipeline';
import { type AnswerElement, readElements } from './answer-elements';
import { draftLocations, locationId } from './draft-locations';
import type { AnswerDraftOptions } from './draft-options';
import { draftSource } from './draft-source';
import { draftTables } from './draft-tables';
import { columnsWithoutUnit, missingFacts, missingModels } from './missing-facts';
import { parseAnswer } from './parse-answer';
import type { PipelineDraft } from './pipeline-draft';
import { type RecognizedSource, recognizeSource } from './recognize-source';

/**
 * A pipeline for a recorded answer: its sections, columns, units and locations as they were received, the API and models
 * that its columns tell of, no plausible ranges, limits that let it pass. What the draft says parses, and reads the very
 * bytes that it came from.
 *
 * @throws ConfigError when it is no answer, or listing all that it does not say and the options do not state
 */
export function draftFromBytes(bytes: Uint8Array, options: AnswerDraftOptions): PipelineDraft {
  const elements = readElements(parseAnswer(bytes, options.bareSection), options.bareSection);
  const source = recognizeSource(elements, options);
  const missing = [...missingFacts(elements, options), ...missingModels(source)];
  if (missing.length > 0)
    throw new ConfigError('The answer does not say all that a pipeline needs:', missing);
  const draft = draftPipeline(elements, options, source);
  proveOn(bytes, draft);
  return draft;
}

function draftPipeline(
  elements: readonly AnswerElement[],
  options: AnswerDraftOptions,
  source: RecognizedSource,
): PipelineDraft {
  const { api, models, guessedFrom } = source;
  const tables = draftTables(elements, options, source);
  const recorded = draftRecorded(elements, options);
  return {
    name: options.name,
    ...(guessedFrom !== undefined && { description: guessText(source) }),
    schema_version: 1,
    source: draftSource({ api, models, tables }),
    locations: draftLocations(elements, options),
    window: { lag_days: 0, look_back_days: PIPELINE_DEFAULTS.lookBackDays },
    tables,
    ...(Object.keys(recorded).length > 0 && { recorded }),
  };
}

function guessText({ models, guessedFrom }: RecognizedSource): string {
  return `Drafted from an answer with ${guessedFrom} series of a variable, as ${models.join()} has; if another model or API gave it, draft again with --models or --api.`;
}

/** What the answer leaves out and the options state. */
function draftRecorded(
  elements: readonly AnswerElement[],
  { bareSection, utcOffsetSeconds, units = {} }: AnswerDraftOptions,
): NonNullable<PipelineDraft['recorded']> {
  const [first] = elements;
  const hasNoOffset = elements.some((element) => element.utcOffsetSeconds === undefined);
  const stated = columnsWithoutUnit(elements).map((name) => [name, units[name]!]);
  return {
    ...(first?.isBare && bareSection !== undefined && { section: bareSection }),
    ...(first?.latitude === undefined && { location: locationId(0) }),
    ...(hasNoOffset && utcOffsetSeconds !== undefined && { utc_offset_seconds: utcOffsetSeconds }),
    ...(stated.length > 0 && { units: Object.fromEntries(stated) }),
  };
}

/** Reads the answer as a replay with the draft would. */
function proveOn(bytes: Uint8Array, draft: PipelineDraft): void {
  const pipeline = parsePipeline(draft, 'The answer has what no pipeline may have:');
  try {
    const decoded = decodeRecorded(bytes, pipeline);
    const { models } = pipeline.source;
    const rows = allSections(pipeline)
      .flatMap((section) => readRecorded(decoded, { section, models }, pipeline))
      .reduce((sum, { section }) => sum + section.rows, 0);
    if (rows === 0) throw noRows();
  } catch (cause) {
    if (!(cause instanceof SourceContractError)) throw cause;
    const problem = { path: '', message: cause.message };
    throw new ConfigError('No one pipeline can read the whole answer:', [problem], { cause });
  }
}

function noRows(): SourceContractError {
  return new SourceContractError('The answer has columns and no row in them; fetch one with at least a day.');
}
