import type { ConfigProblem } from '../errors';
import { QUARANTINE_TABLE_PREFIX } from '../manifest/published-objects';
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
    ...checkStepsAgree(tables),
    ...tables.flatMap((table, index) => {
      const path = `tables[${index}]`;
      return [
        ...checkName(table, path),
        ...checkDay(table, path),
        ...checkStep(table, path),
        ...checkColumns(table, path),
      ];
    }),
  ];
}

function checkName({ name }: TablePart, path: string): ConfigProblem[] {
  const message = name === undefined ? undefined : objectionTo(name);
  return message === undefined ? [] : [{ path: `${path}.name`, message, received: JSON.stringify(name) }];
}

function objectionTo(name: string): string | undefined {
  if (RESERVED_TABLES.has(name)) return 'this table is written by every pipeline; choose another name';
  return name.startsWith(QUARANTINE_TABLE_PREFIX)
    ? `names that begin with ${QUARANTINE_TABLE_PREFIX} are those of the values taken out of a table; choose another`
    : undefined;
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

function checkStep({ section, step_hours: hours }: TablePart, path: string): ConfigProblem[] {
  if (section === undefined || hours === undefined || section === 'hourly') return [];
  const message = `rows of the section ${section} have a step of their own; remove the key`;
  return [{ path: `${path}.step_hours`, message, received: String(hours) }];
}

function checkStepsAgree(tables: readonly TablePart[]): ConfigProblem[] {
  const hourly = tables.flatMap(({ section, step_hours: hours }, index) =>
    section === 'hourly' ? [{ hours, index }] : [],
  );
  return hourly
    .filter(({ hours }) => hours !== hourly[0]!.hours)
    .map(({ hours, index }) => ({
      path: `tables[${index}].step_hours`,
      message: `tables[${hourly[0]!.index}] says ${hourly[0]!.hours ?? 'nothing'}; one request serves both, so they must say the same`,
      received: String(hours ?? 'nothing'),
    }));
}
