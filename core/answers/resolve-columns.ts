import type { DecodedColumn, DecodedSection } from '../decode/answer';
import { isAllNull, nullColumn } from '../decode/null-column';
import { isOutsideModel } from '../model/model-regions';
import type { Section } from '../model/source';
import type { Column, Location, Table } from '../pipeline/pipeline';
import { type Conversion, compatibleUnits, findConversion, isKnownUnit } from '../units/conversion';
import { contractError } from './contract-error';
import type { FoundColumn, UnservedReason } from './location-answer';
import { answerNames, COLUMN_KINDS, modelOf, unsuffixedName } from './wanted-columns';

/** Where columns are looked for. */
export interface ColumnPlace {
  readonly section: DecodedSection;
  readonly sectionName: Section;
  readonly models: readonly string[];
  readonly location: Location;
  /** Units by source variable, for answers without a units object. */
  readonly statedUnits: Readonly<Record<string, string>>;
}

/** Unit of a column that the server has no reader for. */
const NO_READER_UNIT = 'undefined';
const TIME_UNITS: ReadonlySet<string> = new Set(['iso8601', 'unixtime']);

/** @throws SourceContractError when a column or its unit is missing, or the unit cannot be converted */
export function resolveColumns(table: Table, place: ColumnPlace): FoundColumn[] {
  return table.columns.map((column) => resolveColumn(column, place));
}

function resolveColumn(column: Column, place: ColumnPlace): FoundColumn {
  const { section, models } = place;
  const name = answerNames(column, models).find((candidate) => section.columns.has(candidate));
  if (name !== undefined) return readColumn(column, name, place);
  const model = models.length > 1 ? modelOf(column.source, models) : undefined;
  if (model === undefined) throw missingColumn(column, place);
  const alone = onlyModelsName(column, model, place);
  return alone === undefined ? unserved(column, 'no_column', place) : readColumn(column, alone, place);
}

function readColumn(column: Column, name: string, place: ColumnPlace): FoundColumn {
  const { section } = place;
  const data = section.columns.get(name)!;
  if (section.emptyColumns?.has(name)) return unserved(column, 'no_column', place);
  const hasNoReader = section.units.get(name) === NO_READER_UNIT && column.unit !== NO_READER_UNIT;
  if (hasNoReader && isAllNull(data)) return { data, conversion: null, unserved: 'no_reader' };
  return { data, conversion: conversionOf(column, { name, data, place }) };
}

function unserved({ type }: Column, reason: UnservedReason, { section }: ColumnPlace): FoundColumn {
  return { data: nullColumn(COLUMN_KINDS[type], section.rows), conversion: null, unserved: reason };
}

/**
 * The name without suffix, where it is this model's: of several models one is left at a location when the others do not
 * cover it, and its columns carry no suffix. The answer does not say which one is left, so all others must be known not to
 * cover the location.
 */
function onlyModelsName(column: Column, model: string, place: ColumnPlace): string | undefined {
  const { section, models, location } = place;
  const name = unsuffixedName(column, models);
  if (name === undefined || !section.columns.has(name)) return undefined;
  const isSuffixed = models.some((one) => section.units.has(`${name}_${one}`));
  const left = models.filter((one) => !isOutsideModel(one, location));
  return !isSuffixed && left.length === 1 && left[0] === model ? name : undefined;
}

function missingColumn(column: Column, place: ColumnPlace): Error {
  const found = [...place.section.columns.keys()].join(', ');
  return breach(place, column.source, {
    message: 'the column is missing; ask for the variable, or remove it from the pipeline',
    received: found === '' ? 'no column asked for' : found,
  });
}

interface NamedColumn {
  readonly name: string;
  readonly data: DecodedColumn;
  readonly place: ColumnPlace;
}

function conversionOf(column: Column, { name, data, place }: NamedColumn): Conversion | null {
  const received = place.section.units.get(name) ?? place.statedUnits[name];
  if (received === undefined) {
    throw breach(place, name, {
      message: 'the answer names no unit for the column; state it under recorded.units in the pipeline',
    });
  }
  if (data.kind === 'time' && TIME_UNITS.has(received)) return null;
  const conversion = findConversion(received, column.unit);
  if (conversion === null || (conversion !== undefined && data.kind === 'number')) return conversion;
  throw breach(place, name, {
    message:
      received === NO_READER_UNIT
        ? `this API does not have the variable, and yet gives values of it; remove the column or choose another API`
        : `the unit cannot be converted to ${JSON.stringify(column.unit)}; ${wayOut(received, column.unit, data)}`,
    received: JSON.stringify(received),
  });
}

function wayOut(received: string, unit: string, { kind }: DecodedColumn): string {
  if (isKnownUnit(unit)) return `known here: ${compatibleUnits(unit).join(', ')}`;
  const reachable = kind === 'number' ? compatibleUnits(received) : [received];
  return `nothing is converted to that; say in the pipeline ${reachable.map((known) => JSON.stringify(known)).join(' or ')}`;
}

function breach(
  place: ColumnPlace,
  column: string,
  { message, received }: { message: string; received?: string },
): Error {
  return contractError({
    message,
    section: place.sectionName,
    location: place.location.id,
    column,
    byteOffset: place.section.offset,
    ...(received === undefined ? {} : { received }),
  });
}
