import type { DecodedColumn, DecodedSection } from '../decode/answer';
import type { Section } from '../model/source';
import type { Column, Table } from '../pipeline/pipeline';
import { type Conversion, compatibleUnits, findConversion, isKnownUnit } from '../units/conversion';
import { contractError } from './contract-error';
import type { FoundColumn } from './location-answer';
import { answerNames } from './wanted-columns';

/** Where columns are looked for. */
export interface ColumnPlace {
  readonly section: DecodedSection;
  readonly sectionName: Section;
  readonly models: readonly string[];
  readonly location: string;
  /** Units by source variable, for answers without a units object. */
  readonly statedUnits: Readonly<Record<string, string>>;
}

const TIME_UNITS: ReadonlySet<string> = new Set(['iso8601', 'unixtime']);

/** @throws SourceContractError when a column or its unit is missing, or the unit cannot be converted */
export function resolveColumns(table: Table, place: ColumnPlace): FoundColumn[] {
  return table.columns.map((column) => resolveColumn(column, place));
}

function resolveColumn(column: Column, place: ColumnPlace): FoundColumn {
  const name = answerNames(column, place.models).find((candidate) => place.section.columns.has(candidate));
  if (name === undefined) throw missingColumn(column, place);
  const data = place.section.columns.get(name)!;
  return { data, conversion: conversionOf(column, { name, data, place }) };
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
      received === 'undefined'
        ? `this API does not have the variable; remove the column or choose another API`
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
    location: place.location,
    column,
    byteOffset: place.section.offset,
    ...(received === undefined ? {} : { received }),
  });
}
