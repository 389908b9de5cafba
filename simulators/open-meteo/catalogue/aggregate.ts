const HOURS = 24;

/** One value of the 24 hourly samples that begin at an index. NaN is missing. */
export type Aggregate = (hours: Float64Array, from: number) => number;

/** As the server has it: begins anew after a missing hour, so only a hole at the very end shows. */
function extreme(better: (candidate: number, best: number) => boolean): Aggregate {
  return (hours, from) => {
    let best = NaN;
    for (let index = from; index < from + HOURS; index++) {
      const value = hours[index]!;
      if (Number.isNaN(value) || Number.isNaN(best) || better(value, best)) best = value;
    }
    return best;
  };
}

export const maximum: Aggregate = extreme((candidate, best) => candidate > best);
export const minimum: Aggregate = extreme((candidate, best) => candidate < best);

/** Missing as soon as one hour is. */
export const sum: Aggregate = (hours, from) => {
  let total = 0;
  for (let index = from; index < from + HOURS; index++) total += hours[index]!;
  return total;
};

export const mean: Aggregate = (hours, from) => sum(hours, from) / HOURS;

/** As the server has it: a missing hour counts as a dry one. */
export const wetHours: Aggregate = (hours, from) => {
  let count = 0;
  for (let index = from; index < from + HOURS; index++) if (hours[index]! > 0) count += 1;
  return count;
};
