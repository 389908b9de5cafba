import type { LetterBox } from '../ports/letter-box';
import { type Day, daysBetween } from '../time/day';
import { slotOf } from './lacking-slots';
import { type Letter, readLetter } from './read-letter';
import type { WorkUnderWay } from './work-under-way';

/** Taken and done with before the next ones, long before their receipts lapse. */
export const LETTERS_AT_ONCE = 500;
/** As many as a FIFO queue has out of sight at once. */
export const MAX_KEPT_LETTERS = 20_000;

export interface Coverage {
  /** Days that were looked at. */
  readonly days: ReadonlySet<Day>;
  /** Days among them for which nothing was started. */
  readonly pending: ReadonlySet<Day>;
  /** Names of executions under way. */
  readonly running: ReadonlySet<string>;
  /** What those were started for. */
  readonly work: WorkUnderWay;
}

export interface LetterCounts {
  readonly deleted: number;
  readonly kept: number;
}

/** Deletes the covered ones round by round, until none is left that was not seen before. */
export async function deleteCovered(letters: LetterBox, coverage: Coverage): Promise<LetterCounts> {
  let deleted = 0;
  // By the letter: one that comes back while others are looked at has another receipt.
  const kept = new Map<string, string>();
  for (let isNew = true; isNew && kept.size < MAX_KEPT_LETTERS; ) {
    const taken = (await letters.take(LETTERS_AT_ONCE)).map(readLetter);
    const covered = taken.filter((letter) => isCovered(letter, coverage));
    const others = taken.filter((letter) => !covered.includes(letter));
    await letters.delete(covered.map(({ receipt }) => receipt));
    deleted += covered.length;
    isNew = covered.length > 0 || others.some(({ id }) => !kept.has(id));
    for (const { id, receipt } of others) kept.set(id, receipt);
  }
  await letters.giveBack([...kept.values()]);
  return { deleted, kept: kept.size };
}

/**
 * Every day of it was looked at, and is whole, or is asked for, or is worked on by an execution that asks for this very
 * slot and is not its own: that one has given the request up.
 */
function isCovered({ item }: Letter, { days, pending, running, work }: Coverage): boolean {
  if (item === null || running.has(item.execution)) return false;
  const slot = slotOf(item.section, item.chunk);
  const isDone = (day: Day) => days.has(day) && !pending.has(day);
  const isAsked = (day: Day) => !work.has(day) || work.asksFor(day, slot);
  return daysBetween(item.from, item.to).every((day) => isDone(day) && isAsked(day));
}
