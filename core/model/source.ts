/** Open-Meteo's JSON APIs over coordinates and time. Source: the published API descriptions, one per API. */
export const API_NAMES = [
  'forecast',
  'archive',
  'historical-forecast',
  'air-quality',
  'marine',
  'climate',
  'flood',
  'ensemble',
  'seasonal',
] as const;
export type ApiName = (typeof API_NAMES)[number];

/** The blocks of an answer. `current` and its elder `current_weather` hold one row, the others arrays. */
export const SECTIONS = [
  'current',
  'current_weather',
  'minutely_15',
  'hourly',
  'daily',
  'weekly',
  'monthly',
] as const;
export type Section = (typeof SECTIONS)[number];

export type Plan = 'free' | 'keyed';
