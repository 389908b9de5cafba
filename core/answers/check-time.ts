import type { DecodedSection } from '../decode/answer';
import type { Section } from '../model/source';
import { type Day, dayNumber, daySpan, SECONDS_PER_DAY } from '../time/day';
import { contractError } from './contract-error';

export interface TimePlace {
  readonly section: Section;
  readonly location: string;
}

/** A day on either side is left for the offset from UTC. */
const FIRST_SECOND = dayNumber('0001-01-01' as Day) * SECONDS_PER_DAY;
const LAST_SECOND = dayNumber('9999-12-31' as Day) * SECONDS_PER_DAY;

/** @throws SourceContractError when a row lies where no day has a name of four digits, as milliseconds for seconds do */
export function checkCalendar(decoded: DecodedSection, { section, location }: TimePlace): void {
  const outside = [decoded.time[0], decoded.time[decoded.rows - 1]].find(
    (seconds) => seconds !== undefined && !(seconds >= FIRST_SECOND && seconds <= LAST_SECOND),
  );
  if (outside === undefined) return;
  throw contractError({
    message: 'times must be labels or seconds of the years 1 to 9999',
    section,
    location,
    column: 'time',
    byteOffset: decoded.offset,
    received: String(outside),
  });
}

export interface TimeExpectation extends TimePlace {
  readonly from: Day;
  readonly to: Day;
  readonly offsetSeconds: number;
  /** Seconds from row to row; absent for sections without a fixed grid. */
  readonly stepSeconds: number | undefined;
}

/** @throws SourceContractError unless the rows are exactly the days asked for, from the first midnight on, without a hole */
export function checkTimeGrid(decoded: DecodedSection, expected: TimeExpectation): void {
  const { section, location, from, to, offsetSeconds, stepSeconds: step } = expected;
  if (step === undefined) return;
  const fail = (message: string, received: string) =>
    contractError({ message, section, location, column: 'time', byteOffset: decoded.offset, received });
  const rows = (daySpan(from, to) * SECONDS_PER_DAY) / step;
  if (decoded.rows !== rows) throw fail(`${from} to ${to} has ${rows} rows`, String(decoded.rows));
  const start = dayNumber(from) * SECONDS_PER_DAY - (decoded.timeFormat === 'unixtime' ? offsetSeconds : 0);
  for (let row = 0; row < rows; row++) {
    const wanted = start + row * step;
    if (decoded.time[row] !== wanted) {
      throw fail(`row ${row} must be at ${label(wanted)}`, label(decoded.time[row]!));
    }
  }
}

/** @throws SourceContractError when a recorded answer has rows between those that the table says */
export function checkRecordedStep(
  decoded: DecodedSection,
  { section, location, stepSeconds }: TimePlace & { readonly stepSeconds: number | undefined },
): void {
  const [first, second] = decoded.time;
  if (stepSeconds === undefined || decoded.rows < 2 || second! - first! >= stepSeconds) return;
  throw contractError({
    message: `rows must be ${stepSeconds} seconds apart; say the step of the answer under step_hours in the table`,
    section,
    location,
    column: 'time',
    byteOffset: decoded.offset,
    received: String(second! - first!),
  });
}

function label(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 16);
}
