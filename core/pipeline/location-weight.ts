import { seriesPerVariable } from '../model/ensemble-members';
import type { Section } from '../model/source';
import type { DaySource } from '../planning/source-rule';
import { requestWeight } from '../planning/weight';
import { PIPELINE_DEFAULTS } from './defaults';
import { isRequestedSection } from './pipeline';
import { requestedVariable } from './variables';

/** A table's section and the columns of the answer that it is made of. */
export interface AskedTable {
  readonly section: Section;
  readonly sources: readonly string[];
}

export interface SectionWeight {
  readonly section: Section;
  /** Of one day of one location, asked of the side that counts most. */
  readonly weight: number;
}

/** Weight of one day of one location by section that requests are made for. @param sides APIs and models that may be asked */
export function locationWeights(tables: readonly AskedTable[], sides: readonly DaySource[]): SectionWeight[] {
  const sections = [...new Set(tables.map(({ section }) => section))].filter(isRequestedSection);
  return sections.map((section) => {
    const sources = tables.filter((table) => table.section === section).flatMap((table) => table.sources);
    return { section, weight: Math.max(...sides.map((side) => locationWeight(sources, side))) };
  });
}

function locationWeight(sources: readonly string[], { api, models }: DaySource): number {
  const variables = new Set(sources.map((source) => requestedVariable(source, models))).size;
  return requestWeight({ locations: 1, variables, series: seriesPerVariable(api, models), days: 1 });
}

/** Members multiply the weight there, so that the default chunk of other APIs would be refused. */
function isCutToFit(sides: readonly DaySource[]): boolean {
  return sides.some(({ api }) => api === 'ensemble');
}

/** The smallest chunk that a pipeline may get which names none. */
export function smallestChunk(sides: readonly DaySource[]): number {
  return isCutToFit(sides) ? 1 : PIPELINE_DEFAULTS.locationsPerRequest;
}

/** The chunk of a pipeline that names none: the default, on the ensemble API cut to what weighs no more than the bound. */
export function defaultChunk(
  tables: readonly AskedTable[],
  sides: readonly DaySource[],
  bound: number,
): number {
  return isCutToFit(sides) ? fittingChunk(tables, sides, bound) : PIPELINE_DEFAULTS.locationsPerRequest;
}

/** As many locations as weigh no more than the bound, at most the default. */
export function fittingChunk(
  tables: readonly AskedTable[],
  sides: readonly DaySource[],
  bound: number,
): number {
  const heaviest = Math.max(0, ...locationWeights(tables, sides).map(({ weight }) => weight));
  const most = heaviest === 0 ? Number.POSITIVE_INFINITY : Math.floor(bound / heaviest);
  return Math.min(PIPELINE_DEFAULTS.locationsPerRequest, Math.max(1, most));
}
