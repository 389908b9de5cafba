import * as z from 'zod';
import { API_NAMES } from '../model/source';
import { MAX_LOCATIONS_PER_REQUEST, MAX_TIMEOUT_SECONDS, PIPELINE_DEFAULTS } from './defaults';
import { share } from './table-schema';

const seconds = z.number().int().positive();

const models = z
  .array(z.string().regex(/^[A-Za-z0-9_]+$/, 'must have letters, digits and _ only'))
  .default([])
  .describe(
    'Weather models, spelt as the source spells them, capitals too; the API chooses when there is none.',
  );

const historySchema = z
  .strictObject({
    api: z.enum(API_NAMES).describe('API of Open-Meteo for old days.'),
    models,
    older_than_days: z
      .number()
      .int()
      .min(1)
      .describe('Days older than this at the time of the run come from this API.'),
  })
  .describe('Another API for old days.');

const unitsSchema = z
  .strictObject({
    temperature_unit: z
      .enum(['celsius', 'fahrenheit'])
      .optional()
      .describe('Default of the source: celsius.'),
    wind_speed_unit: z
      .enum(['kmh', 'ms', 'mph', 'kn'])
      .default(PIPELINE_DEFAULTS.windSpeedUnit)
      .describe('ms is the finest.'),
    precipitation_unit: z
      .enum(['mm', 'inch'])
      .optional()
      .describe('Default of the source: mm; inch also turns metres into feet.'),
  })
  .describe('Units to ask for; the finest is best, since columns are converted.');

const limitsSchema = z
  .strictObject({
    minute: z.number().positive().describe('Weight in a minute.'),
    hour: z.number().positive().describe('Weight in an hour.'),
    day: z.number().positive().describe('Weight in a UTC day.'),
  })
  .describe('Weight that the plan allows in each window.');

const windowsSchema = z
  .strictObject({
    minute_seconds: seconds.describe('Length of the shortest window.'),
    hour_seconds: seconds.describe('Length of the middle window.'),
    day_seconds: seconds.describe('Length of the longest window.'),
    margin_seconds: z.number().min(0).describe('How far from its boundary the source may clear a window.'),
  })
  .describe("Lengths of the plan's windows, and how long after a boundary a window counts as new.");

export const sourceSchema = z
  .strictObject({
    api: z.enum(API_NAMES).default('forecast').describe('API of Open-Meteo.'),
    models,
    history: historySchema.optional(),
    units: unitsSchema.prefault({}),
    plan: z
      .enum(['free', 'keyed'])
      .default('free')
      .describe('The free plan is for non-commercial use; the keyed one needs an API key.'),
    locations_per_request: z
      .number()
      .int()
      .min(1)
      .max(MAX_LOCATIONS_PER_REQUEST)
      .optional()
      .describe(
        `Size of a chunk of locations: one request, and one file per table and date. By default ${PIPELINE_DEFAULTS.locationsPerRequest}; on the ensemble API, whose members multiply the weight, as many of them as max_weight_per_request allows.`,
      ),
    max_weight_per_request: z
      .number()
      .positive()
      .max(5_000)
      .default(PIPELINE_DEFAULTS.maxWeightPerRequest)
      .describe('Bound on the calls that the quota counts for one request.'),
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
    limits: limitsSchema.default(PIPELINE_DEFAULTS.limits),
    windows: windowsSchema.default(PIPELINE_DEFAULTS.windows),
    timeout_seconds: seconds
      .default(PIPELINE_DEFAULTS.timeoutSeconds)
      .describe(
        `For the whole answer, from sending to the last byte; at most ${MAX_TIMEOUT_SECONDS}, and less than a function may run.`,
      ),
    max_body_bytes: z
      .number()
      .int()
      .positive()
      .max(1024 ** 3)
      .default(PIPELINE_DEFAULTS.maxBodyBytes)
      .describe('Bound on an answer after decompression.'),
    retry_for_seconds: z
      .number()
      .min(0)
      .default(PIPELINE_DEFAULTS.retryForSeconds)
      .describe('How long a failing request is tried again.'),
    backfill_retry_for_seconds: z
      .number()
      .min(0)
      .default(PIPELINE_DEFAULTS.backfillRetryForSeconds)
      .describe('The same in a backfill, which outlasts an outage of hours.'),
  })
  .describe('Where the weather comes from, and how it is asked for.');
