import type { ConfigProblem } from '../errors';
import type { PipelineParts } from './pipeline-parts';

export function checkRecorded({ recorded, locations, tables }: PipelineParts): ConfigProblem[] {
  const ids = new Set(locations.map(({ id }) => id));
  const sections = new Set(tables.map(({ section }) => section));
  const sources = new Set(tables.flatMap(({ columns }) => columns.map(({ source }) => source)));
  return [
    ...checkKnown({
      key: 'location',
      name: recorded.location,
      known: ids,
      message: 'no location of the pipeline has this id; name one that does',
    }),
    ...checkKnown({
      key: 'section',
      name: recorded.section,
      known: sections,
      message: 'no table is read from this section; name one that a table has',
    }),
    ...Object.keys(recorded.units ?? {}).flatMap((name) =>
      checkKnown({
        key: `units.${name}`,
        name,
        known: sources,
        message: 'no column has this source variable; remove the unit or correct its name',
      }),
    ),
  ];
}

interface Reference {
  readonly key: string;
  readonly name: string | undefined;
  /** Holds `undefined` when one of the names is not well formed, and so may be the one meant. */
  readonly known: ReadonlySet<string | undefined>;
  readonly message: string;
}

function checkKnown({ key, name, known, message }: Reference): ConfigProblem[] {
  if (name === undefined || known.has(name) || known.has(undefined)) return [];
  return [{ path: `recorded.${key}`, message, received: JSON.stringify(name) }];
}
