import { z } from 'zod';
import { API_NAMES, SECTIONS } from '../model/source';
import { isTimezone } from '../time/zone';

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
  maxNullShare: 0.1,
  maxRejectedShare: 0.01,
} as const;

/** The service's own bound on one request. */
export const MAX_LOCATIONS_PER_REQUEST = 1_000;
/** Up to this many days weigh as much as one, so looking back this far is free. */
export const FREE_SPAN_DAYS = 14;

const share = z.number().min(0).max(1);
const seconds = z.number().int().positive();
const model = z.string().regex(/^[a-z0-9_]+$/, 'a model name has lower-case letters, digits and _ only');

export const locationSchema = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'an id has 1 to 64 letters, digits, - or _')
    .describe('Stable id of the location; the column location_id of every table.'),
  name: z.string().min(1).describe('Name for people.'),
  latitude: z.number().min(-90).max(90).describe('Degrees north, WGS 84.'),
  longitude: z.number().min(-180).max(180).describe('Degrees east, WGS 84.'),
  timezone: z
    .string()
    .refine(isTimezone, 'not an IANA time zone name; for example Europe/Berlin')
    .describe('IANA time zone; its standard time in 2025 sets the days of daily tables.'),
  elevation: z
    .number()
    .min(-500)
    .max(9000)
    .optional()
    .describe('Metres; looked up by the source when absent.'),
  utc_offset_hours: z
    .number()
    .int()
    .min(-12)
    .max(14)
    .optional()
    .describe("Whole hours east of UTC of this location's day, in place of the zone's standard time."),
});

export const columnSchema = z.strictObject({
  source: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a source variable has letters, digits and _ only')
    .describe("Open-Meteo variable, as the answer's column is called."),
  name: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a column name has letters, digits and _ only')
    .optional()
    .describe('Column in the table; the source variable when absent.'),
  type: z.enum(['float32', 'float64', 'int32', 'timestamp', 'string']).default('float32'),
  unit: z.string().describe('Unit of the column; a known other unit in the answer is converted.'),
  standard_name: z
    .string()
    .regex(/^[a-z0-9_]+$/)
    .optional()
    .describe('CF standard name.'),
  cell_method: z
    .string()
    .min(1)
    .optional()
    .describe('CF cell method over time: point, mean, sum, maximum, minimum.'),
  range: z
    .tuple([z.number(), z.number()])
    .optional()
    .describe('Plausible values in the unit of the column, both ends included; others go to quarantine.'),
  max_null_share: share
    .default(PIPELINE_DEFAULTS.maxNullShare)
    .describe('Largest share of nulls a date may have.'),
  max_rejected_share: share
    .default(PIPELINE_DEFAULTS.maxRejectedShare)
    .describe('Largest share of values out of range a date may have.'),
  witness: z
    .string()
    .nullable()
    .optional()
    .describe('Column of a mean or sum that is null when an hour is missing; null says that there is none.'),
});

export const tableSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/, 'a table name has lower-case letters, digits and _ only'),
  section: z.enum(SECTIONS).describe('Block of the answer that the table is read from.'),
  day: z
    .enum(['standard', 'utc', 'as_received'])
    .optional()
    .describe(
      "What a day is in a daily section: the location's standard-time day (default), the UTC day, or whatever the answer holds.",
    ),
  columns: z.array(columnSchema).min(1),
});

const historySchema = z.strictObject({
  api: z.enum(API_NAMES),
  models: z.array(model).default([]),
  older_than_days: z
    .number()
    .int()
    .min(1)
    .describe('Days older than this at the time of the run come from this API.'),
});

export const sourceSchema = z.strictObject({
  api: z.enum(API_NAMES).default('forecast'),
  models: z.array(model).default([]).describe('Weather models; the API chooses when empty.'),
  history: historySchema.optional(),
  units: z
    .strictObject({
      temperature_unit: z.enum(['celsius', 'fahrenheit']).optional(),
      wind_speed_unit: z.enum(['kmh', 'ms', 'mph', 'kn']).default(PIPELINE_DEFAULTS.windSpeedUnit),
      precipitation_unit: z.enum(['mm', 'inch']).optional(),
    })
    .prefault({}),
  plan: z.enum(['free', 'keyed']).default('free'),
  locations_per_request: z
    .number()
    .int()
    .min(1)
    .max(MAX_LOCATIONS_PER_REQUEST)
    .default(PIPELINE_DEFAULTS.locationsPerRequest)
    .describe('Size of a chunk of locations: one request, and one file per table and date.'),
  max_weight_per_request: z.number().positive().max(5_000).default(PIPELINE_DEFAULTS.maxWeightPerRequest),
  tolerated_failed_share: share
    .default(0)
    .describe('Share of the requests of a date that may fail; the date is then published as partial.'),
  concurrency: z
    .number()
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe('Requests at once; the free plan serves one.'),
  limits: z
    .strictObject({ minute: z.number().positive(), hour: z.number().positive(), day: z.number().positive() })
    .default(PIPELINE_DEFAULTS.limits)
    .describe('Weight that the plan allows in each window.'),
  windows: z
    .strictObject({
      minute_seconds: seconds,
      hour_seconds: seconds,
      day_seconds: seconds,
      margin_seconds: z.number().min(0),
    })
    .default(PIPELINE_DEFAULTS.windows)
    .describe("Lengths of the plan's windows, and how long after a boundary a window counts as new."),
  timeout_seconds: seconds.default(PIPELINE_DEFAULTS.timeoutSeconds),
  max_body_bytes: z
    .number()
    .int()
    .positive()
    .max(1024 ** 3)
    .default(PIPELINE_DEFAULTS.maxBodyBytes),
  retry_for_seconds: z.number().min(0).default(PIPELINE_DEFAULTS.retryForSeconds),
  backfill_retry_for_seconds: z.number().min(0).default(PIPELINE_DEFAULTS.backfillRetryForSeconds),
});

export const windowSchema = z.strictObject({
  lag_days: z
    .number()
    .int()
    .min(0)
    .max(90)
    .default(0)
    .describe('Days that a day must be over before it is due.'),
  look_back_days: z
    .number()
    .int()
    .min(0)
    .max(FREE_SPAN_DAYS - 1)
    .default(PIPELINE_DEFAULTS.lookBackDays)
    .describe('Days before the newest one that every run asks for again, since recent values are revised.'),
});

/** What recorded answers leave out, and what it was. */
export const recordedSchema = z.strictObject({
  section: z.enum(SECTIONS).optional().describe('Section of a file that is a bare block without envelope.'),
  location: z.string().optional().describe('Id of the location of a file without coordinates.'),
  utc_offset_seconds: z.number().int().min(-50_400).max(50_400).optional(),
  units: z
    .record(z.string(), z.string())
    .optional()
    .describe('Unit by source variable, for files without units.'),
});

export const pipelineSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'a name has 1 to 64 lower-case letters, digits or -')
    .describe('Name of the pipeline; part of every object key.'),
  description: z.string().optional(),
  schema_version: z.number().int().min(1).describe('Raised whenever a column, unit or partition changes.'),
  source: sourceSchema.prefault({}),
  locations: z.union([z.array(locationSchema).min(1), z.strictObject({ csv: z.string().min(1) })]),
  window: windowSchema.prefault({}),
  tables: z.array(tableSchema).min(1),
  recorded: recordedSchema.optional(),
});
