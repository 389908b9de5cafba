import type {
  DecodedColumn,
  DecodedLocation,
  DecodedSection,
  WantedColumns,
} from '../../../../core/decode/answer';
import { decodeAnswer } from '../../../../core/decode/decode-answer';
import type { Section } from '../../../../core/model/source';

export const HOUR = 3600;
/** 2026-01-01T00:00Z */
export const NEW_YEAR = 1_767_225_600;

export function decode(text: string, wanted: WantedColumns, bareSection?: Section): DecodedLocation[] {
  const body = new TextEncoder().encode(text);
  return decodeAnswer(body, wanted, bareSection === undefined ? {} : { bareSection });
}

export function sectionOf(location: DecodedLocation | undefined, name: Section): DecodedSection {
  const found = location?.sections.get(name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}

export function valuesOf(column: DecodedColumn | undefined): (number | string | null)[] {
  return Array.from<number | string | null>(column?.values ?? []);
}
