import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '../time/day';
import type { ApiName, Section } from './source';

/** Hours from row to row that an hourly section can be asked in. */
export const STEP_HOURS = [1, 3, 6] as const;
export type StepHours = (typeof STEP_HOURS)[number];

/** APIs that take a step, and the one that they answer in when none is asked for. Every other API gives each hour. */
const OWN_STEPS: Readonly<Partial<Record<ApiName, StepHours>>> = { ensemble: 1, seasonal: 6 };

/** Whether the hourly section of an API can be asked for in other steps than an hour. */
export function takesSteps(api: ApiName): boolean {
  return OWN_STEPS[api] !== undefined;
}

/** Hours from row to row of an API's hourly section when no step is asked for. */
export function ownStep(api: ApiName): StepHours {
  return OWN_STEPS[api] ?? 1;
}

/** Seconds from row to row; `undefined` for sections without a fixed grid. */
export function sectionStepSeconds(section: Section, stepHours: StepHours): number | undefined {
  if (section === 'minutely_15') return 900;
  if (section === 'hourly') return stepHours * SECONDS_PER_HOUR;
  return section === 'daily' ? SECONDS_PER_DAY : undefined;
}

/** What the source calls the step of an hourly section, where it must be told: always on the seasonal API, else if it is not its own. */
export function temporalResolution(
  { api, section }: { readonly api: ApiName; readonly section: Section },
  stepSeconds: number | undefined,
): string | undefined {
  if (section !== 'hourly' || stepSeconds === undefined || !takesSteps(api)) return undefined;
  const hours = stepSeconds / SECONDS_PER_HOUR;
  if (api !== 'seasonal' && hours === ownStep(api)) return undefined;
  return hours === 1 ? 'hourly' : `hourly_${hours}`;
}
