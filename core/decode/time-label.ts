import { SECONDS_PER_DAY } from '../time/day';
import { COLON, MINUS, UPPER_T, ZERO } from './ascii';

const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const FEBRUARY = 2;
/** Days from 0000-01-01 to 1970-01-01, a year of 365 days and its leap days at a time. */
const EPOCH_DAY = 719_528;

export const DATE_LENGTH = 10;
const MINUTE_LENGTH = 16;
const SECOND_LENGTH = 19;

/**
 * `YYYY-MM-DD`, `YYYY-MM-DDTHH:MM` or `YYYY-MM-DDTHH:MM:SS`, read as if it were UTC.
 *
 * @returns seconds since the epoch; NaN when it is no such label, or one that the calendar does not have
 */
export function labelSeconds(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const day = dateDay(bytes, start) * SECONDS_PER_DAY;
  if (length === DATE_LENGTH) return day;
  if (length !== MINUTE_LENGTH && length !== SECOND_LENGTH) return Number.NaN;
  const seconds = length === SECOND_LENGTH ? secondsField(bytes, start + MINUTE_LENGTH) : 0;
  return day + minuteSeconds(bytes, start + DATE_LENGTH) + seconds;
}

/** Days since the epoch of `YYYY-MM-DD`; NaN when the calendar has no such day. */
export function dateDay(bytes: Uint8Array, start: number): number {
  if (bytes[start + 4] !== MINUS || bytes[start + 7] !== MINUS) return Number.NaN;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 1 : 0;
  const days = (DAYS_IN_MONTH[month] ?? 0) + (month === FEBRUARY ? leap : 0);
  if (!(day >= 1 && day <= days)) return Number.NaN;
  return dayOfYearStart(year) + DAYS_BEFORE_MONTH[month]! + (month > FEBRUARY ? leap : 0) + day - 1;
}

/** Days since the epoch of 1 January in the proleptic Gregorian calendar. */
function dayOfYearStart(year: number): number {
  const leapDays = Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400);
  return year * 365 + leapDays - EPOCH_DAY;
}

/** Seconds into the day of `THH:MM`; NaN when no clock shows it. */
export function minuteSeconds(bytes: Uint8Array, start: number): number {
  if (bytes[start] !== UPPER_T || bytes[start + 3] !== COLON) return Number.NaN;
  const hour = twoDigits(bytes, start + 1);
  const minute = twoDigits(bytes, start + 4);
  return hour < 24 && minute < 60 ? hour * 3600 + minute * 60 : Number.NaN;
}

function secondsField(bytes: Uint8Array, start: number): number {
  const seconds = twoDigits(bytes, start + 1);
  return bytes[start] === COLON && seconds < 60 ? seconds : Number.NaN;
}

/** NaN when they are no digits. */
function twoDigits(bytes: Uint8Array, start: number): number {
  const tens = (bytes[start] ?? 0) - ZERO;
  const ones = (bytes[start + 1] ?? 0) - ZERO;
  return tens >>> 0 <= 9 && ones >>> 0 <= 9 ? tens * 10 + ones : Number.NaN;
}
