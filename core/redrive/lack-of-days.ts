import { DamagedObjectError } from '../errors';
import { readManifestOrDamage } from '../manifest/manifest-store';
import { mapConcurrently } from '../map-concurrently';
import { FREE_SPAN_DAYS } from '../pipeline/defaults';
import type { DaySpan } from '../planning/asked-days';
import type { ObjectStore } from '../ports/object-store';
import { type Day, daySpan } from '../time/day';
import { type AnswersQuestion, answeredSlots } from './answered-slots';
import { allSlots, type LackingRun, lackingRuns, lackingSlots, type Slot } from './lacking-slots';
import { mergedRanges } from './merged-ranges';
import type { RedriveNeeds } from './redrive-plan';

const READS_AT_ONCE = 8;

export interface LackQuestion extends AnswersQuestion {
  readonly processed: ObjectStore;
}

export interface Lack extends RedriveNeeds {
  /** Days without a manifest, and days with one that lacks something. */
  readonly missing: readonly Day[];
  readonly partial: readonly Day[];
  /** Missing days whose answers are too many to look into with the others. */
  readonly unread: readonly Day[];
  /** Days whose manifest cannot be read, so that nothing is known to be lacking. */
  readonly damaged: readonly DamagedManifest[];
}

export interface DamagedManifest {
  readonly day: Day;
  readonly error: DamagedObjectError;
}

/** What days lack. A missing day lacks what the archive has no answer for. @param days in order */
export async function lackOf(question: LackQuestion, days: readonly Day[]): Promise<Lack> {
  const { pipeline } = question;
  const { missing, partial, damaged } = await unsettled(question, days);
  const { answered, unread } = await answeredSlots(question, missing);
  const every = allSlots(pipeline);
  const blank = missing.filter((day) => answered.get(day)?.size === 0);
  const idle = new Set(days);
  const ranges = mergedRanges(blank, (day) => idle.has(day));
  const isInRange = (day: Day) => ranges.some(({ from, to }) => from <= day && day <= to);
  const lacking = new Map<Day, readonly Slot[]>([...partial].filter(([day]) => !isInRange(day)));
  for (const [day, slots] of answered) if (!isInRange(day)) lacking.set(day, unanswered(every, slots));
  const isShort = (range: DaySpan) => daySpan(range.from, range.to) <= FREE_SPAN_DAYS;
  const short = ranges.filter(isShort).map((range): LackingRun => ({ ...range, slots: every }));
  return {
    missing,
    partial: [...partial.keys()].sort(),
    unread,
    damaged,
    spans: ranges.filter((range) => !isShort(range)),
    runs: [...short, ...lackingRuns(lacking)],
  };
}

async function unsettled({ pipeline, processed }: LackQuestion, days: readonly Day[]) {
  const missing: Day[] = [];
  const partial = new Map<Day, readonly Slot[]>();
  const damaged: DamagedManifest[] = [];
  await mapConcurrently(days, READS_AT_ONCE, async (day) => {
    const manifest = await readManifestOrDamage(processed, pipeline.name, day);
    if (manifest instanceof DamagedObjectError) damaged.push({ day, error: manifest });
    else if (manifest === undefined) missing.push(day);
    else if (manifest.partial) partial.set(day, lackingSlots(pipeline, manifest));
  });
  return { missing: missing.sort(), partial, damaged };
}

/** A day that is missing with every answer there was not good enough, so all is asked again. */
function unanswered(every: readonly Slot[], answered: ReadonlySet<Slot>): readonly Slot[] {
  const lacking = every.filter((slot) => !answered.has(slot));
  return lacking.length > 0 ? lacking : every;
}
