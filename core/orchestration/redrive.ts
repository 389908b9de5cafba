import { sha256 } from '../hash';
import { readManifest } from '../manifest/manifest-store';
import { mapConcurrently } from '../map-concurrently';
import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { sourceOfDay } from '../planning/source-rule';
import type { Executions } from '../ports/executions';
import type { LetterBox } from '../ports/letter-box';
import type { ObjectStore } from '../ports/object-store';
import { type DayRange, dayRanges } from '../status/day-ranges';
import { type Day, dayOfInstant, daysBetween } from '../time/day';
import type { RedrivenRequest } from './asked-run';
import { backfillPieces } from './backfill-pieces';
import { lackingRequests, lackingSlots, type Slot, slotOf } from './lacking-slots';
import { type Letter, readLetter } from './read-letter';
import { type Started, startOnce } from './start-once';
import { type WorkUnderWay, workUnderWay } from './work-under-way';

const READS_AT_ONCE = 8;
/** An execution's input holds 256 KiB; a request takes less than 100 bytes of it. */
export const MAX_REQUESTS_PER_EXECUTION = 2_000;
/** Taken and done with before the next ones, long before their receipts lapse. */
export const LETTERS_AT_ONCE = 500;
/** As many as a FIFO queue has out of sight at once. */
export const MAX_KEPT_LETTERS = 20_000;
const HASH_DIGITS = 12;

export interface RedriveParts {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  readonly executions: Executions;
  readonly letters: LetterBox;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface RedriveReport {
  readonly executions: readonly (Started & { readonly requests: number | null } & Partial<DaySpan>)[];
  /** Days without a manifest, and days with one that lacks something. */
  readonly missing: readonly DayRange[];
  readonly partial: readonly DayRange[];
  /** Days that other executions work on, which are left to them. */
  readonly under_way: readonly DayRange[];
  /** Missing days that are too many for one execution: a backfill asks for them. */
  readonly left: readonly DayRange[];
  readonly letters: { readonly deleted: number; readonly kept: number };
}

/** Starts executions for what days lack, then deletes the dead letters about it. */
export async function redrive(parts: RedriveParts, days: readonly Day[]): Promise<RedriveReport> {
  const running = new Set(await parts.executions.running());
  const work = await workUnderWay(parts);
  const [busy, idle] = split(days, (day) => work.has(day));
  const found = await lackOf(parts, idle);
  const { pieces, left } = missingPieces(parts, found.missing);
  const executions: RedriveReport['executions'][number][] = [];
  for (const { from, to } of pieces) {
    executions.push({ ...(await start(parts, { from, to })), from, to, requests: null });
  }
  const requests = lackingRequests(found.partial);
  for (let at = 0; at < requests.length; at += MAX_REQUESTS_PER_EXECUTION) {
    const batch = requests.slice(at, at + MAX_REQUESTS_PER_EXECUTION);
    executions.push({ ...(await start(parts, { requests: batch })), requests: batch.length });
  }
  const pending = new Set(left.flatMap(({ from, to }) => daysBetween(from, to)));
  return {
    executions,
    missing: dayRanges(found.missing),
    partial: dayRanges([...found.partial.keys()].sort()),
    under_way: dayRanges(busy),
    left,
    letters: await deleteCovered(parts, { days: new Set(days), pending, running, work }),
  };
}

interface Lack {
  readonly missing: readonly Day[];
  readonly partial: ReadonlyMap<Day, readonly Slot[]>;
}

async function lackOf({ pipeline, processed }: RedriveParts, days: readonly Day[]): Promise<Lack> {
  const missing: Day[] = [];
  const partial = new Map<Day, readonly Slot[]>();
  await mapConcurrently(days, READS_AT_ONCE, async (day) => {
    const manifest = await readManifest(processed, pipeline.name, day);
    if (manifest === undefined) missing.push(day);
    else if (manifest.partial) partial.set(day, lackingSlots(pipeline, manifest));
  });
  return { missing: missing.sort(), partial };
}

/** One execution for each range of missing days that fits into one. */
function missingPieces({ pipeline, now }: RedriveParts, missing: readonly Day[]) {
  const pieces: DayRange[] = [];
  const left: DayRange[] = [];
  for (const range of dayRanges(missing)) {
    const sourceOf = (day: Day) => sourceOfDay(pipeline.source, day, dayOfInstant(now));
    (backfillPieces(pipeline, range, sourceOf).length === 1 ? pieces : left).push(range);
  }
  return { pieces, left };
}

type Input = DaySpan | { readonly requests: readonly RedrivenRequest[] };

function start({ executions }: RedriveParts, input: Input): Promise<Started> {
  const hash = sha256(JSON.stringify(input)).slice(0, HASH_DIGITS);
  return startOnce(executions, { name: `redrive-${hash}`, input: { ...input }, again: true });
}

interface Coverage {
  /** Days that were looked at. */
  readonly days: ReadonlySet<Day>;
  /** Days among them for which nothing was started. */
  readonly pending: ReadonlySet<Day>;
  /** Names of executions under way. */
  readonly running: ReadonlySet<string>;
  /** What those were started for. */
  readonly work: WorkUnderWay;
}

/** Round by round, until none is left that was not seen before. */
async function deleteCovered({ letters }: RedriveParts, coverage: Coverage) {
  let deleted = 0;
  // By the letter: one that comes back while others are looked at has another receipt.
  const kept = new Map<string, string>();
  for (let isNew = true; isNew && kept.size < MAX_KEPT_LETTERS; ) {
    const taken = (await letters.take(LETTERS_AT_ONCE)).map(readLetter);
    const [covered, others] = split(taken, (letter) => isCovered(letter, coverage));
    await letters.delete(covered.map(({ receipt }) => receipt));
    deleted += covered.length;
    isNew = covered.length > 0 || others.some(({ id }) => !kept.has(id));
    for (const { id, receipt } of others) kept.set(id, receipt);
  }
  await letters.giveBack([...kept.values()]);
  return { deleted, kept: kept.size };
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((one) => !isFirst(one))];
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
