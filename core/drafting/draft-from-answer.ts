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
import { columnsWithoutUnit, missingFacts } from './missing-facts';
import type { PipelineDraft } from './pipeline-draft';

/**
 * A pipeline for a recorded answer: its sections, columns, units and locations as they were received, no plausible
 * ranges, limits that let it pass. What the draft says parses, and reads the answer that it came from.
 *
 * @param json the parsed answer
 * @throws ConfigError when it is no answer, or listing all that it does not say and the options do not state
 */
export function draftFromAnswer(json: unknown, options: AnswerDraftOptions): PipelineDraft {
  const elements = readElements(json, options.bareSection);
  const missing = missingFacts(elements, options);
  if (missing.length > 0)
    throw new ConfigError('The answer does not say all that a pipeline needs:', missing);
  const draft = draftPipeline(elements, options);
  proveOn(json, draft);
  return draft;
}

function draftPipeline(elements: readonly AnswerElement[], options: AnswerDraftOptions): PipelineDraft {
  const { api = 'forecast', models } = options;
  const tables = draftTables(elements, options);
  const recorded = draftRecorded(elements, options);
  return {
    name: options.name,
    schema_version: 1,
    source: draftSource({ api, models, tables }),
    locations: draftLocations(elements, options),
    window: { lag_days: 0, look_back_days: PIPELINE_DEFAULTS.lookBackDays },
    tables,
    ...(Object.keys(recorded).length > 0 && { recorded }),
  };
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
function proveOn(json: unknown, draft: PipelineDraft): void {
  const pipeline = parsePipeline(draft, 'The answer has what no pipeline may have:');
  try {
    const decoded = decodeRecorded(new TextEncoder().encode(JSON.stringify(json)), pipeline);
    const { models } = pipeline.source;
    for (const section of allSections(pipeline)) readRecorded(decoded, { section, models }, pipeline);
  } catch (cause) {
    if (!(cause instanceof SourceContractError)) throw cause;
    const problem = { path: '', message: cause.message };
    throw new ConfigError('No one pipeline can read the whole answer:', [problem], { cause });
  }
}
