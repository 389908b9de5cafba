import type { ConfigProblem } from '../errors';
import { apisOfModel, KNOWN_MODELS } from '../model/known-models';
import type { ApiName } from '../model/source';
import { nearNames } from '../near-names';
import type { Pipeline } from './pipeline';

interface AskedModels {
  readonly path: string;
  readonly api: ApiName;
  readonly models: readonly string[];
}

/** Models that the API is not known to have. The source has more than the catalogue and compares names exactly. */
export function unknownModels({ source: { api, models, history } }: Pipeline): ConfigProblem[] {
  const sides: AskedModels[] = [{ path: 'source.models', api, models }];
  if (history !== undefined)
    sides.push({ path: 'source.history.models', api: history.api, models: history.models });
  return sides.flatMap((side) =>
    side.models
      .filter((model) => !KNOWN_MODELS[side.api].includes(model))
      .map((model) => ({ path: side.path, message: doubtAbout(model, side.api) })),
  );
}

function doubtAbout(model: string, api: ApiName): string {
  const others = apisOfModel(model);
  if (others.length > 0)
    return `the ${api} API is not known to have the model ${model}, which ${others.join(', ')} has; if the source refuses it, name another`;
  const near = nearNames(model, KNOWN_MODELS[api]);
  const meant =
    near.length > 0
      ? `did you mean ${near.join(' or ')}? Names are compared exactly, capitals too`
      : `known are ${KNOWN_MODELS[api].slice(0, 8).join(', ')}${KNOWN_MODELS[api].length > 8 ? ', ...' : ''}`;
  return `the ${api} API is not known to have a model ${model}; ${meant}`;
}
