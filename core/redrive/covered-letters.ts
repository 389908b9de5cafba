import type { DaySpan } from '../planning/asked-days';
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
  /** Whether letters that cannot be read are deleted too. */
  readonly dropUnreadable: boolean;
}

/** A letter that says of no request, and why it was written. */
export type UnreadableLetter = Pick<Letter, 'id'> & Letter['reason'];

/** Letters about days that were not looked at, with the span of their days. */
export interface LettersElsewhere extends DaySpan {
  readonly letters: number;
}

export interface LetterReport {
  readonly deleted: number;
  readonly kept: number;
  /** Of the kept ones, those for which other days must be looked at; null where there are none. */
  readonly elsewhere: LettersElsewhere | null;
  /** Of the kept ones, those that cannot be read. */
  readonly unreadable: number;
  /** Of the deleted ones, those that could not be read. */
  readonly dropped: readonly UnreadableLetter[];
  /** Letters that never came in sight: they are in other hands, or behind some of their group that are. */
  readonly unseen: number;
}

/** Deletes the covered ones round by round, until none is left that was not seen before. */
export async function deleteCovered(letters: LetterBox, coverage: Coverage): Promise<LetterReport> {
  const { waiting, hidden } = await letters.depth();
  const dropped: UnreadableLetter[] = [];
  let deleted = 0;
  // By the letter: one that comes back while others are looked at has another receipt.
  const kept = new Map<string, Letter>();
  for (let isNew = true; isNew && kept.size < MAX_KEPT_LETTERS; ) {
    const taken = (await letters.take(LETTERS_AT_ONCE)).map(readLetter);
    const covered = taken.filter((letter) => isCovered(letter, coverage));
    const others = taken.filter((letter) => !covered.includes(letter));
    await letters.delete(covered.map(({ receipt }) => receipt));
    deleted += covered.length;
    dropped.push(...covered.filter(isUnreadable).map(({ id, reason }) => ({ id, ...reason })));
    isNew = covered.length > 0 || others.some(({ id }) => !kept.has(id));
    for (const letter of others) kept.set(letter.id, letter);
  }
  const left = [...kept.values()];
  await letters.giveBack(left.map(({ receipt }) => receipt));
  const unseen = Math.max(0, waiting + hidden - deleted - kept.size);
  const unreadable = left.filter(isUnreadable).length;
  const elsewhere = lettersElsewhere(left, coverage);
  return { deleted, kept: kept.size, elsewhere, unreadable, dropped, unseen };
}

function lettersElsewhere(kept: readonly Letter[], { days }: Coverage): LettersElsewhere | null {
  const spans = kept
    .flatMap(({ item }) => item ?? [])
    .filter(({ from, to }) => daysBetween(from, to).some((day) => !days.has(day)));
  const [from] = spans.map((span) => span.from).sort();
  const to = spans
    .map((span) => span.to)
    .sort()
    .at(-1);
  return from === undefined || to === undefined ? null : { letters: spans.length, from, to };
}

function isUnreadable({ item }: Letter): boolean {
  return item === null;
}

/**
 * Every day of it was looked at, and is whole, or is asked for, or is worked on by an execution that asks for this very
 * slot and is not its own: that one has given the request up.
 */
function isCovered({ item }: Letter, coverage: Coverage): boolean {
  const { days, pending, running, work, dropUnreadable } = coverage;
  if (item === null) return dropUnreadable;
  if (item.execution !== null && running.has(item.execution)) return false;
  const slot = slotOf(item.section, item.chunk);
  const isDone = (day: Day) => days.has(day) && !pending.has(day);
  const isAsked = (day: Day) => !work.has(day) || work.asksFor(day, slot);
  return daysBetween(item.from, item.to).every((day) => isDone(day) && isAsked(day));
}
