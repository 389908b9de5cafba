/** Sections in the order in which an answer holds them. */
export const SECTION_NAMES = ['current', 'minutely_15', 'hourly', 'daily'] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

export interface Api {
  readonly name: string;
  /** Others are ignored. */
  readonly sections: readonly SectionName[];
  /** Days since the epoch that may be asked for, both included. @param today likewise */
  readonly allowed: (today: number) => readonly [from: number, to: number];
  /** Days answered when no date is given; absent where dates must be. */
  readonly defaultDays?: number;
  readonly pastDays: number;
  readonly forecastDays: number;
  /** Past weather computed afterwards: no showers, fog or thunder, and it arrives late. */
  readonly reanalysis: boolean;
  /** Ensemble members besides the control run, of a model that names no other number. */
  readonly members: number;
  /** Seconds between the instants that `current` can name. */
  readonly interval: number;
}

const day = (text: string): number => Date.parse(text) / 86_400_000;
const around = (before: number, after: number) => (today: number) => [today - before, today + after] as const;
const since = (first: string, after: number) => (today: number) => [day(first), today + after] as const;

const BASE = { pastDays: 93, forecastDays: 16, reanalysis: false, members: 0, interval: 3600 };
const ALL = SECTION_NAMES;

const LIST: readonly Api[] = [
  { ...BASE, name: 'forecast', sections: ALL, allowed: around(93, 15), defaultDays: 7, interval: 900 },
  {
    ...BASE,
    name: 'archive',
    sections: ['hourly', 'daily'],
    allowed: since('1940-01-01', 0),
    defaultDays: 1,
    reanalysis: true,
  },
  {
    ...BASE,
    name: 'historical-forecast',
    sections: ALL,
    allowed: since('2016-01-01', 15),
    defaultDays: 1,
    interval: 900,
  },
  {
    ...BASE,
    name: 'air-quality',
    sections: ['current', 'hourly'],
    allowed: since('2013-01-01', 6),
    defaultDays: 5,
    forecastDays: 7,
  },
  { ...BASE, name: 'marine', sections: ALL, allowed: since('1940-01-01', 15), defaultDays: 7, interval: 900 },
  { ...BASE, name: 'climate', sections: ['daily'], allowed: () => [day('1950-01-01'), day('2050-12-31')] },
  {
    ...BASE,
    name: 'flood',
    sections: ['daily'],
    allowed: since('1984-01-01', 210),
    defaultDays: 92,
    forecastDays: 210,
  },
  {
    ...BASE,
    name: 'ensemble',
    sections: ['hourly', 'daily'],
    allowed: around(93, 35),
    defaultDays: 7,
    forecastDays: 36,
    members: 30,
  },
  {
    ...BASE,
    name: 'seasonal',
    sections: ['hourly', 'daily'],
    allowed: around(93, 274),
    defaultDays: 92,
    forecastDays: 275,
    members: 50,
  },
];

/** By path, as the server routes. */
export const APIS: ReadonlyMap<string, Api> = new Map(LIST.map((api) => [`/v1/${api.name}`, api]));
