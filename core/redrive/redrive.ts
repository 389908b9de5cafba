import { sha256 } from '../hash';
import { type Started, startOnce } from '../orchestration/start-once';
import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import { sourceOfDay } from '../planning/source-rule';
import type { Clock } from '../ports/clock';
import type { Executions } from '../ports/executions';
import type { LetterBox } from '../ports/letter-box';
import type { ObjectStore } from '../ports/object-store';
import type { RawArchive } from '../raw/raw-archive';
import { type DayRange, dayRanges } from '../status/day-ranges';
import type { DamagedDay } from '../status/lake-status';
import { type Day, dayOfInstant } from '../time/day';
import { deleteCovered, type LetterReport } from './covered-letters';
import { lackOf } from './lack-of-days';
import { planRedrive, type RedriveInput } from './redrive-plan';
import { workUnderWay } from './work-under-way';

const HASH_DIGITS = 12;

export interface RedriveParts {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  readonly archive: RawArchive;
  readonly executions: Executions;
  readonly letters: LetterBox;
  readonly clock: Clock;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Whether letters that cannot be read are deleted too. */
  readonly dropUnreadable: boolean;
}

type Redriven = Started & { readonly requests: number | null } & Partial<DaySpan>;

export interface RedriveReport {
  readonly executions: readonly Redriven[];
  /** Days without a manifest, and days with one that lacks something. */
  readonly missing: readonly DayRange[];
  readonly partial: readonly DayRange[];
  /** Days that other executions work on, which are left to them. */
  readonly under_way: readonly DayRange[];
  /** Missing and partial days that are too much at once: another redrive asks for them when what is under way has ended. */
  readonly left: readonly DayRange[];
  /** Days whose manifest cannot be read: what they lack is not known, and their letters stay. */
  readonly damaged: readonly DamagedDay[];
  readonly letters: LetterReport;
}

/**
 * Starts executions for what days lack, then deletes the dead letters about it.
 *
 * @param days in order
 * @throws ConfigError when what they lack cannot be brought in
 */
export async function redrive(parts: RedriveParts, days: readonly Day[]): Promise<RedriveReport> {
  const { pipeline, executions, letters, now, dropUnreadable } = parts;
  const running = new Set(await executions.running());
  const work = await workUnderWay(parts, running);
  const sourceOf = (day: Day) => sourceOfDay(pipeline.source, day, dayOfInstant(now));
  const idle = days.filter((day) => !work.has(day));
  const lack = await lackOf({ ...parts, sourceOf }, idle);
  const plan = planRedrive({ pipeline, sourceOf, underWay: work.needs(pipeline) }, lack);
  const started: Redriven[] = [];
  for (const input of plan.inputs) started.push(await start(parts, input));
  const open = new Set([...lack.missing, ...lack.partial]);
  const pending = new Set([...plan.left, ...lack.unread].filter((day) => open.has(day)));
  return {
    executions: started,
    missing: dayRanges(lack.missing),
    partial: dayRanges(lack.partial),
    under_way: dayRanges(days.filter((day) => work.has(day))),
    left: dayRanges([...pending].sort()),
    damaged: lack.damaged.map(({ day, error }) => ({ date: day, reason: error.message })),
    letters: await deleteCovered(letters, {
      days: new Set(days),
      pending: new Set([...pending, ...lack.damaged.map(({ day }) => day)]),
      running,
      work,
      dropUnreadable,
    }),
  };
}

async function start(parts: RedriveParts, input: RedriveInput): Promise<Redriven> {
  const hash = sha256(JSON.stringify(input)).slice(0, HASH_DIGITS);
  const told = await startOnce(parts, { name: `redrive-${hash}`, input: { ...input }, again: true });
  return 'requests' in input
    ? { ...told, requests: input.requests.length }
    : { ...told, from: input.from, to: input.to, requests: null };
}
