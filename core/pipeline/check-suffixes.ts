import type { ConfigProblem } from '../errors';
import { apisOfModel, modelSuffix } from '../model/known-models';
import type { ColumnPart, PipelineParts, SourcePart } from './pipeline-parts';
import { requestedVariable } from './variables';

/**
 * A column that ends in the name of a known model is the source's answer to several models. If the pipeline does not ask
 * for that model, the whole name would be asked for as a variable, which does not exist.
 */
export function checkSuffixes({ source, tables }: PipelineParts): ConfigProblem[] {
  const asked = askedModels(source);
  if (asked === undefined) return [];
  return tables.flatMap(({ columns }, table) =>
    columns.flatMap((column, index) => {
      const message = objectionTo(column, asked);
      if (message === undefined) return [];
      const path = `tables[${table}].columns[${index}].source`;
      return [{ path, message, received: JSON.stringify(column.source) }];
    }),
  );
}

/** Of both sides; `undefined` where the file names models that are not well formed. */
function askedModels({ models, history }: SourcePart): readonly string[] | undefined {
  return models && [...models, ...(history?.models ?? [])];
}

function objectionTo({ source }: ColumnPart, asked: readonly string[]): string | undefined {
  const model = source === undefined ? undefined : modelSuffix(requestedVariable(source, asked));
  if (model === undefined) return undefined;
  const apis = apisOfModel(model);
  return `ends in ${model}, a model of the ${apis.join(', ')} ${apis.length === 1 ? 'API' : 'APIs'} that is not asked for; add it to source.models (init: --models), or leave the ending out`;
}
