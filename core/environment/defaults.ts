/** Defaults of the environment file, each written here and nowhere else. */
export const ENVIRONMENT_DEFAULTS = {
  name: 'weather',
  mode: 'direct',
  /** When the last day of the Americas' locations is over in their standard time, Hawaii's included. */
  scheduleExpression: 'cron(30 10 * * ? *)',
  scheduleTimezone: 'UTC',
  flexibleWindowMinutes: 0,
  deadlineHour: 12,
  runbookUrl: 'docs/runbook.md',
  logDays: 90,
  noncurrentDays: 30,
  athenaResultsDays: 30,
  athenaScanLimitMib: 10_240,
  functionMemoryMib: 1_024,
  functionTimeoutSeconds: 900,
  stateKeyPrefix: 'ingest-weather/',
} as const;

/** What CloudWatch Logs takes as a retention in days. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1_096, 1_827, 2_192, 2_557, 2_922, 3_288,
  3_653,
] as const;
