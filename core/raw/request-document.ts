import * as z from 'zod';
import type { WeatherRequest } from '../model/request';
import { API_NAMES, SECTIONS } from '../model/source';
import type { WireRequest } from '../ports/weather-source';
import { type Day, parseDay } from '../time/day';

const day = z.string().transform((text, context) => {
  const parsed = parseDay(text);
  if (parsed === undefined) context.addIssue({ code: 'custom', message: 'not a day' });
  return parsed as Day;
});

/** The raw request object: what was asked, without any key. Contract of the raw bucket. */
export const requestDocumentSchema = z.object({
  request_id: z.string(),
  /** RECORDED: the answer came from a file and not from the source. */
  method: z.enum(['GET', 'POST', 'RECORDED']),
  address: z.string(),
  form: z.record(z.string(), z.string()),
  api: z.enum(API_NAMES),
  models: z.array(z.string()),
  section: z.enum(SECTIONS),
  variables: z.array(z.string()),
  locations: z.array(
    z.object({
      id: z.string(),
      number: z.number(),
      latitude: z.number(),
      longitude: z.number(),
      elevation: z.number().exactOptional(),
      timezone: z.string().exactOptional(),
    }),
  ),
  from: day,
  to: day,
});
export type RequestDocument = z.output<typeof requestDocumentSchema>;

export function requestDocument(request: WeatherRequest, wire: WireRequest): RequestDocument {
  const { id, api, models, section, variables, locations, from, to } = request;
  return {
    request_id: id,
    ...wire,
    api,
    models: [...models],
    section,
    variables: [...variables],
    locations: [...locations],
    from,
    to,
  };
}
