import * as z from 'zod';

export const ZONE_MESSAGE = 'must be an IANA time zone name, for example Europe/Berlin';

export const locationSchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must have 1 to 64 letters, digits, - or _')
      .describe('Stable id of the location; the column location_id of every table.'),
    name: z.string().min(1).describe('Name for people.'),
    latitude: z.number().min(-90).max(90).describe('Degrees north, WGS 84.'),
    longitude: z.number().min(-180).max(180).describe('Degrees east, WGS 84.'),
    timezone: z
      .string()
      // Offsets such as +05:30 are zones to Node, but not to the source.
      .regex(/^[A-Za-z]/, ZONE_MESSAGE)
      .describe('IANA time zone; its standard time in 2025 sets the days of daily tables.'),
    elevation: z
      .number()
      .min(-500)
      .max(9000)
      .optional()
      .describe('Metres above sea level; looked up by the source when absent.'),
    utc_offset_hours: z
      .number()
      .int()
      .min(-12)
      .max(14)
      .optional()
      .describe("Whole hours east of UTC of this location's day, in place of the zone's standard time."),
  })
  .describe('A place to have the weather of.');
