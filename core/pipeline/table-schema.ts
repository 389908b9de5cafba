import * as z from 'zod';
import { SECTIONS } from '../model/source';
import { STEP_HOURS } from '../model/step-hours';
import { MAX_NAME_LENGTH, PIPELINE_DEFAULTS } from './defaults';

export const share = z.number().min(0).max(1);

const columnName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'must have letters, digits and _ only')
  .max(MAX_NAME_LENGTH);

export const columnSchema = z
  .strictObject({
    source: columnName.describe("Open-Meteo variable, as the answer's column is called."),
    name: columnName.optional().describe('Column in the table; the source variable when absent.'),
    type: z
      .enum(['float32', 'float64', 'int32', 'timestamp', 'string'])
      .default('float32')
      .describe('Type of the column, the same every day; a timestamp is an instant in UTC.'),
    unit: z
      .string()
      .describe(
        'Unit of the column, as the source spells it; a known other unit in the answer is converted.',
      ),
    standard_name: z
      .string()
      .regex(/^[a-z0-9_]+$/, 'must have lower-case letters, digits and _ only')
      .optional()
      .describe('CF standard name, where there is one.'),
    cell_method: z
      .string()
      .min(1)
      .optional()
      .describe(
        'CF cell method over time: point, mean, sum, maximum, minimum; of directions also vector mean.',
      ),
    range: z
      .tuple([z.number(), z.number()])
      .optional()
      .describe('Plausible values in the unit of the column, both ends included; others go to quarantine.'),
    max_null_share: share
      .default(PIPELINE_DEFAULTS.maxNullShare)
      .describe('Largest share of nulls, over all locations, that a date may have.'),
    max_rejected_share: share
      .default(PIPELINE_DEFAULTS.maxRejectedShare)
      .describe('Largest share of values out of range, over all locations, that a date may have.'),
    witness: z
      .string()
      .nullable()
      .optional()
      .describe(
        'Of a daily maximum or minimum: the column of a mean or sum of the same variable, null when an hour is missing; null says that there is none.',
      ),
  })
  .describe('A variable of the source and the column it becomes.');

export const tableSchema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9_]*$/, 'must have lower-case letters, digits and _ only')
      .max(MAX_NAME_LENGTH)
      .describe('Name of the table; the first part of the keys of its files.'),
    section: z.enum(SECTIONS).describe('Block of the answer that the table is read from.'),
    day: z
      .enum(['standard', 'utc', 'as_received'])
      .optional()
      .describe(
        "What a day is in a daily section: the location's standard-time day (default), the UTC day, or whatever the answer holds.",
      ),
    step_hours: z
      .literal(STEP_HOURS)
      .optional()
      .describe(
        'Hours from row to row of an hourly section, which the ensemble and seasonal APIs can be asked in: 1, 3 or 6. By default 6 on the seasonal API, whose models have no finer one, and 1 on every other.',
      ),
    columns: z
      .array(columnSchema)
      .min(1)
      .describe('Columns beside location_id, time and, of daily tables, utc_offset_seconds.'),
  })
  .describe('A table and the columns it has.');
