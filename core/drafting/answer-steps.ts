import { labelSeconds } from '../decode/time-label';
import type { Section } from '../model/source';
import { STEP_HOURS, type StepHours } from '../model/step-hours';
import { type Day, dayOfNumber, SECONDS_PER_DAY, SECONDS_PER_HOUR } from '../time/day';
import type { AnswerElement } from './answer-elements';

/** Hours from row to row of the hourly section; `undefined` where fewer than two rows tell, or where no API has that step. */
export function hourlyStepOf(elements: readonly AnswerElement[]): StepHours | undefined {
  const [first, second] = timesOf(elements, 'hourly').slice(0, 2);
  if (first === undefined || second === undefined) return undefined;
  return STEP_HOURS.find((hours) => second - first === hours * SECONDS_PER_HOUR);
}

/** The last day that a section of the answer has a row of, by its own labels. */
export function lastDayOf(elements: readonly AnswerElement[]): Day | undefined {
  const sections = new Set(elements.flatMap((element) => [...element.sections.keys()]));
  const seconds = [...sections].flatMap((section) => timesOf(elements, section).at(-1) ?? []);
  const last = Math.max(...seconds);
  return Number.isFinite(last) ? dayOfNumber(Math.floor(last / SECONDS_PER_DAY)) : undefined;
}

/** Of the first location that has the section, as seconds; labels that are no times are left out. */
function timesOf(elements: readonly AnswerElement[], section: Section): number[] {
  const block = elements.flatMap(({ sections }) => sections.get(section) ?? [])[0];
  return (block?.time ?? []).flatMap((label) => {
    const seconds = typeof label === 'number' ? label : secondsOf(label);
    return isCalendar(seconds) ? [seconds] : [];
  });
}

function secondsOf(label: unknown): number {
  if (typeof label !== 'string') return Number.NaN;
  const bytes = new TextEncoder().encode(label);
  return labelSeconds(bytes, 0, bytes.length);
}

/** Of the years 1 to 9999. */
function isCalendar(seconds: number): boolean {
  return seconds >= -62_135_596_800 && seconds < 253_402_300_800;
}
