import type { ConfigProblem } from '../errors';
import { checkColumns } from './check-columns';
import { findDuplicates } from './duplicates';
import { type DayRule, isDaySection } from './pipeline';
import type { TablePart } from './pipeline-parts';

/** Tables that the project itself writes. */
const RESERVED_TABLES: ReadonlySet<string> = new Set(['locations']);

export function checkTables(tables: readonly TablePart[]): ConfigProblem[] {
  return [
    ...findDuplicates(
      tables.map(({ name }) => name),
      (index) => `tables[${index}].name`,
    ),
    ...checkDaysAgree(tables),
    ...tables.flatMap((table, index) => {
      const path = `tables[${index}]`;
      return [...checkName(table, path), ...checkDay(table, path), ...checkColumns(table, path)];
    }),
  ];
}

function checkName({ name }: TablePart, path: string): ConfigProblem[] {
  if (name === undefined || !RESERVED_TABLES.has(name)) return [];
  const message = 'this table is written by every pipeline; choose another name';
  return [{ path: `${path}.name`, message, received: JSON.stringify(name) }];
}

function checkDay({ section, day }: TablePart, path: string): ConfigProblem[] {
  if (section === undefined || day === undefined || isDaySection(section)) return [];
  const message = `rows of the section ${section} are instants, cut at UTC midnight; remove the key`;
  return [{ path: `${path}.day`, message, received: JSON.stringify(day) }];
}

function checkDaysAgree(tables: readonly TablePart[]): ConfigProblem[] {
  const days = new Map<string, DayRule>();
  return tables.flatMap(({ section, day = 'standard' }, index) => {
    if (section === undefined || !isDaySection(section)) return [];
    const other = days.get(section) ?? day;
    days.set(section, other);
    if (other === day) return [];
    const message = `another table of the section ${section} says "${other}"; one request serves both, so they must agree`;
    return [{ path: `tables[${index}].day`, message, received: JSON.stringify(day) }];
  });
}
