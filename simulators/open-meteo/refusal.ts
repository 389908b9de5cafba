/** An answer without data. `cost` is the weight it uses up: only a 400 costs, and it costs one call. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(reason);
  }

  get cost(): number {
    return this.status === 400 ? 1 : 0;
  }
}

/** The exact sentences of the real server. */
export const REASONS = {
  minute: 'Minutely API request limit exceeded. Please try again in one minute.',
  hour: 'Hourly API request limit exceeded. Please try again in the next hour.',
  day: 'Daily API request limit exceeded. Please try again tomorrow.',
  concurrent: 'Too many concurrent requests',
  overloaded: 'The service is overloaded',
  tooMuchData:
    'Your API call requests too much data. Please reduce the number of variables, locations and/or weather models.',
  keyMissing: 'API key required. Please add &apikey= to the URL.',
  keyInvalid: 'The supplied API key is invalid.',
  timezone: 'Invalid timezone',
  endBeforeStart: 'End-date must be larger or equals than start-date',
  bothDates: "Both 'start_date' and 'end_date' must be set in the url",
  dateOrSpan: "Parameter 'past_days' is mutually exclusive with 'start_date' and 'end_date'",
  dateFormat: "Invalid date format. Make sure to use 'YYYY-MM-DD'",
  notFound: 'Not Found',
  uriTooLong: 'URI Too Long',
  bodyTooLarge: 'Payload Too Large',
} as const;

export type QuotaName = 'minute' | 'hour' | 'day' | 'concurrent';

export const badRequest = (reason: string): Refusal => new Refusal(400, reason);
export const tooMany = (quota: QuotaName, headers: Readonly<Record<string, string>> = {}): Refusal =>
  new Refusal(429, REASONS[quota], headers);

export const tooManyLocations = (limit: number): Refusal =>
  badRequest(`Only up to ${limit} locations can be requested at once`);

export const outOfRange = (parameter: string, from: string, to: string): Refusal =>
  badRequest(`Parameter '${parameter}' is out of allowed range from ${from} to ${to}`);

export const unequalCounts = (parameter: string, other: string): Refusal =>
  badRequest(`Parameter '${parameter}' and ${other} must have the same number of elements`);

export const unknownValue = (types: string, value: string): Refusal =>
  badRequest(`Data corrupted at path ''. Cannot initialize ${types} from invalid String value ${value}.`);

/** The real server prints a dictionary, so the order of its two keys changes from answer to answer. */
export function errorBody(reason: string, reasonFirst: boolean): string {
  return JSON.stringify(reasonFirst ? { reason, error: true } : { error: true, reason });
}
