import type { ApiName, Section } from './source';

const ALL: readonly Section[] = ['current', 'current_weather', 'minutely_15', 'hourly', 'daily'];

/** What an answer of an API can hold. */
interface ApiAnswers {
  readonly sections: readonly Section[];
  /** Days after the day of asking, at most; projections of the climate have a last day instead. */
  readonly daysAhead: number;
}

/** Source: the published API descriptions, one per API. */
export const API_ANSWERS: Readonly<Record<ApiName, ApiAnswers>> = {
  forecast: { sections: ALL, daysAhead: 16 },
  archive: { sections: ['hourly', 'daily'], daysAhead: 0 },
  'historical-forecast': { sections: ALL, daysAhead: 16 },
  'air-quality': { sections: ['current', 'hourly'], daysAhead: 7 },
  marine: { sections: ALL, daysAhead: 16 },
  climate: { sections: ['daily'], daysAhead: Number.POSITIVE_INFINITY },
  flood: { sections: ['daily'], daysAhead: 366 },
  ensemble: { sections: ['hourly', 'daily'], daysAhead: 36 },
  seasonal: { sections: ['hourly', 'daily', 'weekly', 'monthly'], daysAhead: 400 },
};
