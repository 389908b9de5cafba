import type { Section } from '../model/source';
import { type Pipeline, tablesOf } from '../pipeline/pipeline';
import { contractError } from './contract-error';
import type { LocationAnswer, UnservedReason } from './location-answer';

interface AskedColumns {
  readonly section: Section;
  readonly models: readonly string[];
}

/**
 * Where a model covers some of the locations, the others have nulls, which the pipeline's limits judge. A column that
 * no location of the pipeline has is not served at all. An answer about some of the locations does not tell.
 *
 * @throws SourceContractError naming every column that is not served
 */
export function refuseUnserved(
  answers: readonly LocationAnswer[],
  { section, models }: AskedColumns,
  pipeline: Pipeline,
): void {
  const [first] = answers;
  if (first === undefined || answers.length < pipeline.locations.length) return;
  const lacking = tablesOf(pipeline, section).flatMap(({ name, columns }) =>
    columns.flatMap(({ source }, index) => {
      const isLacking = answers.every((answer) => answer.columns.get(name)![index]!.unserved !== undefined);
      return isLacking ? [{ source, reason: first.columns.get(name)![index]!.unserved! }] : [];
    }),
  );
  if (lacking.length === 0) return;
  const places = answers.length === 1 ? first.location.id : `any of ${answers.length} locations`;
  throw contractError({
    message: `${describe(lacking[0]!.reason, models)} at ${places}; remove the column, or choose another API or model`,
    section,
    column: [...new Set(lacking.map(({ source }) => source))].join(', '),
    byteOffset: first.section.offset,
    ...(lacking[0]!.reason === 'no_reader' && { received: '"undefined"' }),
  });
}

function describe(reason: UnservedReason, models: readonly string[]): string {
  const which =
    models.length === 0
      ? ''
      : ` with ${models.length === 1 ? 'the model' : 'the models'} ${models.join(', ')}`;
  return reason === 'no_reader'
    ? `this API does not have the variable${which}`
    : `the column is missing or empty${which}`;
}
