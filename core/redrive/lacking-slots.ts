import type { Manifest } from '../manifest/manifest';
import type { Section } from '../model/source';
import type { RedrivenRequest } from '../orchestration/asked-run';
import { FREE_SPAN_DAYS } from '../pipeline/defaults';
import { isRequestedSection, type Pipeline, requestedSections } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { chunksOf } from '../planning/chunks';
import { LOCATIONS_TABLE } from '../tables/locations-table';
import { addDays, type Day, daySpan } from '../time/day';

/** A section and chunk, as `hourly/3`. */
export type Slot = `${Section}/${number}`;

export function slotOf(section: Section, chunk: number): Slot {
  return `${section}/${chunk}`;
}

/** The slots whose answers a partial day lacks, in the order of its requests. */
export function lackingSlots(pipeline: Pipeline, manifest: Manifest): Slot[] {
  const lacking = new Set<Slot>();
  const chunkOf = new Map(
    chunksOf(pipeline).flatMap(({ number, locations }) => locations.map(({ id }) => [id, number] as const)),
  );
  for (const [name, { rows, locations }] of Object.entries(manifest.tables)) {
    const section = sectionOf(pipeline, name);
    if (section === undefined) continue;
    const chunks = locations.missing.flatMap((id) => chunkOf.get(id) ?? []);
    // Rows may be missing where no location is as a whole.
    const isShort = chunks.length === 0 && rows.expected !== null && rows.found < rows.expected;
    for (const chunk of isShort ? chunkOf.values() : chunks) lacking.add(slotOf(section, chunk));
  }
  return allSlots(pipeline).filter((slot) => lacking.has(slot));
}

/** Days in a row that lack the same. */
export interface LackingRun extends DaySpan {
  readonly slots: readonly Slot[];
}

/** Runs of days that lack the same slots, each as short as weighs no more than a day. */
export function lackingRuns(lacking: ReadonlyMap<Day, readonly Slot[]>): LackingRun[] {
  const runs: LackingRun[] = [];
  for (const [day, slots] of [...lacking].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (slots.length === 0) continue;
    const last = runs.at(-1);
    const continues =
      last !== undefined &&
      addDays(last.to, 1) === day &&
      last.slots.join() === slots.join() &&
      daySpan(last.from, day) <= FREE_SPAN_DAYS;
    if (continues) runs[runs.length - 1] = { ...last, to: day };
    else runs.push({ from: day, to: day, slots });
  }
  return runs;
}

export function requestsOf({ from, to, slots }: LackingRun): RedrivenRequest[] {
  return slots.map((slot) => {
    const [section, chunk] = slot.split('/') as [Section, string];
    return { section, chunk: Number(chunk), from, to };
  });
}

/** In the order of their requests. */
export function allSlots(pipeline: Pipeline): Slot[] {
  return chunksOf(pipeline).flatMap(({ number }) =>
    requestedSections(pipeline).map((section) => slotOf(section, number)),
  );
}

/** That of the locations comes with the first section. */
function sectionOf(pipeline: Pipeline, table: string): Section | undefined {
  if (table === LOCATIONS_TABLE) return requestedSections(pipeline)[0];
  const section = pipeline.tables.find(({ name }) => name === table)?.section;
  return section !== undefined && isRequestedSection(section) ? section : undefined;
}
