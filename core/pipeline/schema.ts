import * as z from 'zod';
import { CONFIG_FOLDER } from '../keys/raw-keys';
import { SECTIONS } from '../model/source';
import { parseDay } from '../time/day';
import { FREE_SPAN_DAYS, PIPELINE_DEFAULTS } from './defaults';
import { locationSchema } from './location-schema';
import { sourceSchema } from './source-schema';
import { tableSchema } from './table-schema';

export const windowSchema = z
  .strictObject({
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
  })
  .describe('The days of a daily run.');

export const recordedSchema = z
  .strictObject({
    section: z.enum(SECTIONS).optional().describe('Section of a file that is a bare block without envelope.'),
    location: z.string().optional().describe('Id of the location of a file without coordinates.'),
    utc_offset_seconds: z
      .number()
      .int()
      .min(-50_400)
      .max(50_400)
      .optional()
      .describe('Seconds east of UTC of the local times in a file that does not say.'),
    units: z
      .record(z.string(), z.string())
      .optional()
      .describe('Unit by source variable, for files without units.'),
  })
  .describe('What recorded answers leave out, and what it was.');

const locationsSchema = z
  .array(locationSchema)
  .min(1)
  .describe('Locations in an order that is kept: chunks are cut from it.');

const csvSchema = z
  .strictObject({
    csv: z
      .string()
      .min(1)
      .describe("Path of the CSV file, relative to this file; a location's keys are its columns."),
  })
  .describe('A CSV file of locations.');

export const pipelineSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find the schema of this file.'),
    name: z
      .string()
      .regex(/^[a-z0-9-]{1,64}$/, 'must have 1 to 64 lower-case letters, digits or -')
      .refine(
        (name) => name !== CONFIG_FOLDER,
        'is the folder of the deployed pipelines, and answers would lie and expire with them; choose another',
      )
      .describe('Name of the pipeline; part of every object key.'),
    description: z.string().optional().describe('What the pipeline is for.'),
    schema_version: z
      .number()
      .int()
      .min(1)
      .describe('Version of the tables; raise it whenever a column, unit or partition changes.'),
    source: sourceSchema.prefault({}),
    locations: z.union([locationsSchema, csvSchema]),
    window: windowSchema.prefault({}),
    earliest_day: z
      .string()
      .refine((text) => parseDay(text) !== undefined, 'must be a day of the calendar, YYYY-MM-DD')
      .default(PIPELINE_DEFAULTS.earliestDay)
      .describe(
        'First day that the tables have in Athena, which lists a prefix for each day that a query does not rule out.',
      ),
    tables: z.array(tableSchema).min(1).describe('The tables to write.'),
    recorded: recordedSchema.optional(),
  })
  .describe('A pipeline: which weather is fetched for which places, and the tables it becomes.');

/** The pipeline with its locations at hand, as it is once a CSV file has been read. */
export const inlinePipelineSchema = pipelineSchema.extend({ locations: locationsSchema });
