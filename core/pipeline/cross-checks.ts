import type { ConfigProblem } from '../errors';
import { checkRecorded } from './check-recorded';
import { checkSource, checkSteps, checkWeights } from './check-source';
import { checkSuffixes } from './check-suffixes';
import { checkTables } from './check-tables';
import { findDuplicates } from './duplicates';
import type { PipelineParts } from './pipeline-parts';

/** Mistakes that lie between the parts of a pipeline file and not in one of them. */
export function crossCheck(parts: PipelineParts): ConfigProblem[] {
  return [
    ...checkSource(parts.source),
    ...findDuplicates(
      parts.locations.map(({ id }) => id),
      (index) => `locations[${index}].id`,
    ),
    ...checkTables(parts.tables),
    ...checkSuffixes(parts),
    ...checkSteps(parts),
    ...checkWeights(parts),
    ...checkRecorded(parts),
  ];
}
