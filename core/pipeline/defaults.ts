/** Defaults of the pipeline file, each written here and nowhere else. */
export const PIPELINE_DEFAULTS = {
  locationsPerRequest: 100,
  /** One free minute: a heavier request could never be paced below the limit. */
  maxWeightPerRequest: 600,
  windSpeedUnit: 'ms',
  limits: { minute: 600, hour: 5_000, day: 10_000 },
  windows: { minute_seconds: 60, hour_seconds: 3_600, day_seconds: 86_400, margin_seconds: 5 },
  timeoutSeconds: 120,
  maxBodyBytes: 256 * 1024 * 1024,
  retryForSeconds: 300,
  backfillRetryForSeconds: 21_600,
  lookBackDays: 2,
  earliestDay: '2020-01-01',
  maxNullShare: 0.1,
  maxRejectedShare: 0.01,
} as const;

/** A function holds what it reserved of the quota for as long, also when it is killed. */
export const MAX_TIMEOUT_SECONDS = 600;
/** Of a table or a column; Glue takes no longer one. */
export const MAX_NAME_LENGTH = 255;
/** The service's own bound on one request. */
export const MAX_LOCATIONS_PER_REQUEST = 1_000;
/** Up to this many days weigh as much as one, so looking back this far is free. */
export const FREE_SPAN_DAYS = 14;
/** The forecast API has no day older than this. */
export const FORECAST_PAST_DAYS = 93;
