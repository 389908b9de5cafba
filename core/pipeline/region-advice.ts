import { isOutsideModel, MODEL_REGIONS } from '../model/model-regions';
import type { Pipeline } from './pipeline';

const PLACES_NAMED = 5;

/** As the other advice has it. */
interface RegionAdvice {
  readonly path: string;
  readonly message: string;
}

/** Places that lie outside the grid of a regional model which is asked for them. Most models cover any place, or may. */
export function regionAdvice({ source, locations }: Pipeline): RegionAdvice[] {
  const asked = [
    { path: 'source.models', models: source.models },
    { path: 'source.history.models', models: source.history?.models ?? [] },
  ];
  return asked.flatMap(({ path, models }) =>
    models.flatMap((model, index) => {
      const outside = locations.filter((location) => isOutsideModel(model, location)).map(({ id }) => id);
      if (outside.length === 0) return [];
      return [{ path: `${path}[${index}]`, message: describe(model, outside, locations.length) }];
    }),
  );
}

function describe(model: string, outside: readonly string[], count: number): string {
  const [south, west, north, east] = MODEL_REGIONS[model]!;
  const more = outside.length - PLACES_NAMED;
  const named = [...outside.slice(0, PLACES_NAMED), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `${model} covers latitudes ${south} to ${north} and longitudes ${west} to ${east} at most, and ${outside.length} of ${count} locations lie outside (${named}): its values there are null, which max_null_share has to allow; choose another model for them`;
}
