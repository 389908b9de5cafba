import { ConfigError, type ConfigProblem } from '../errors';
import { SECTIONS, type Section } from '../model/source';
import { ownStep } from '../model/step-hours';
import { RESERVED_COLUMNS } from '../pipeline/check-columns';
import { isDaySection } from '../pipeline/pipeline';
import { requestedVariable } from '../pipeline/variables';
import { findConversion } from '../units/conversion';
import type { AnswerBlock, AnswerElement } from './answer-elements';
import type { AnswerDraftOptions } from './draft-options';
import { guessType } from './guess-type';
import type { ColumnDraft, TableDraft } from './pipeline-draft';
import type { RecognizedSource } from './recognize-source';
import { VARIABLE_CATALOGUE } from './variable-catalogue';
import { witnessOf } from './witness';

/**
 * One table per section found, with every column of it, and limits that the answer itself is within.
 *
 * @throws ConfigError naming the columns whose values are of no one type
 */
export function draftTables(
  elements: readonly AnswerElement[],
  options: AnswerDraftOptions,
  source: RecognizedSource,
): TableDraft[] {
  const problems: ConfigProblem[] = [];
  const tables = SECTIONS.flatMap((section) => {
    const blocks = elements.flatMap(({ sections }) => sections.get(section) ?? []);
    return blocks.length === 0 ? [] : [draftTable({ section, blocks, options, source, problems })];
  });
  if (problems.length === 0) return tables;
  throw new ConfigError('The answer has columns that no table can hold:', problems);
}

interface SectionFound {
  readonly section: Section;
  /** Of every element that has the section. */
  readonly blocks: readonly AnswerBlock[];
  readonly options: AnswerDraftOptions;
  readonly source: RecognizedSource;
  /** Filled on the way. */
  readonly problems: ConfigProblem[];
}

function draftTable(found: SectionFound): TableDraft {
  const { section, blocks } = found;
  const sources = [...new Set(blocks.flatMap(({ columns }) => [...columns.keys()]))];
  return {
    name: `weather_${section}`,
    section,
    ...(isDaySection(section) && { day: 'as_received' }),
    ...(section === 'hourly' && stepDraft(found.source)),
    columns: sources.map((source) => draftColumn(source, sources, found)),
  };
}

/** The step is written down where it is not the API's own. */
function stepDraft({ api, stepHours }: RecognizedSource): Pick<TableDraft, 'step_hours'> {
  return stepHours === undefined || stepHours === ownStep(api) ? {} : { step_hours: stepHours };
}

function draftColumn(source: string, sources: readonly string[], found: SectionFound): ColumnDraft {
  const { section, blocks, options, problems } = found;
  const values = blocks.flatMap(({ columns }) => columns.get(source) ?? []);
  const received = blocks.map(({ units }) => units.get(source)).find((unit) => unit !== undefined);
  const unit = received ?? options.units?.[source] ?? '';
  const type = guessType(values, unit);
  if (type === undefined) {
    problems.push({
      path: `${section}.${source}`,
      message: 'its values are neither all numbers nor all texts; remove the column from the answer',
    });
  }
  const isReserved = RESERVED_COLUMNS.has(source.toLowerCase());
  const witness = isDaySection(section) ? witnessOf(source, (mean) => sources.includes(mean)) : undefined;
  return {
    source,
    ...(isReserved && { name: `received_${source}` }),
    type,
    unit: type === 'timestamp' ? 'iso8601' : unit,
    ...meaningOf({ section, source, unit, models: found.source.models }),
    max_null_share: 1,
    max_rejected_share: 1,
    ...(witness !== undefined && { witness }),
  };
}

interface NamedColumn {
  readonly section: Section;
  readonly source: string;
  readonly unit: string;
  readonly models: readonly string[];
}

/** CF name and cell method, where the catalogue has the variable in a unit of the same quantity. */
function meaningOf({ section, source, unit, models }: NamedColumn) {
  const variable = requestedVariable(source, models);
  const known = VARIABLE_CATALOGUE.find((row) => row.section === section && row.variable === variable);
  if (known === undefined || findConversion(unit, known.unit) === undefined) return {};
  return {
    ...(known.standardName !== undefined && { standard_name: known.standardName }),
    ...(known.cellMethod !== undefined && { cell_method: known.cellMethod }),
  };
}
