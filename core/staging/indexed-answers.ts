import { rowsPerDay } from '../answers/check-time';
import { type DaySlice, sliceByDay } from '../answers/day-slices';
import type { LocationAnswer } from '../answers/location-answer';
import type { Section } from '../model/source';
import type { DaySource } from '../planning/source-rule';
import type { RawBody } from '../raw/raw-body';
import type { Day } from '../time/day';

/** One body's rows by location and day, with where they come from. */
export interface IndexedAnswers {
  readonly raw: RawBody;
  readonly source: DaySource;
  readonly days: ReadonlyMap<string, ReadonlyMap<Day, DaySlice>>;
}

export interface AnswerOrigin {
  readonly raw: RawBody;
  readonly source: DaySource;
  readonly section: Section;
}

export function indexAnswers(
  answers: readonly LocationAnswer[],
  { raw, source, section }: AnswerOrigin,
): IndexedAnswers {
  const days = new Map(answers.map((answer) => [answer.location.id, sliceByDay(answer, section)]));
  return { raw, source, days };
}

/** Whether the slice has all the rows that a day of the section has. */
export function isWholeDay({ from, to }: DaySlice, section: Section): boolean {
  return to - from >= (rowsPerDay(section) ?? 1);
}

/** A location's rows of a day and the body they come from. */
export interface PickedSlice {
  readonly slice: DaySlice;
  readonly origin: IndexedAnswers;
}

/** The rows of a location and day: of the body that has most of them, of equals the last. */
export function pickSlice(
  sets: readonly IndexedAnswers[],
  location: string,
  day: Day,
): PickedSlice | undefined {
  return sets.reduce<PickedSlice | undefined>((best, origin) => {
    const slice = origin.days.get(location)?.get(day);
    if (slice === undefined) return best;
    const isShorter = best !== undefined && slice.to - slice.from < best.slice.to - best.slice.from;
    return isShorter ? best : { slice, origin };
  }, undefined);
}
