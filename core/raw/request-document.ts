import * as z from 'zod';
import { DamagedObjectError } from '../errors';
import { sha256 } from '../hash';
import { readDocument, writeDocument } from '../json-document';
import { partOfRequestKey } from '../keys/raw-keys';
import type { WeatherRequest } from '../model/request';
import { API_NAMES, SECTIONS } from '../model/source';
import type { WireRequest } from '../ports/weather-source';
import { type Day, parseDay } from '../time/day';
import { damagedRaw } from './raw-damage';

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

/** A request object as it is stored: `sha256` is the hash of all else that it says, so that one changed letter is noticed. */
export function writeRequestDocument(document: RequestDocument): Uint8Array {
  return writeDocument({ ...document, sha256: sha256(JSON.stringify(document)) });
}

/** The document of a stored request object. @throws DamagedObjectError when it is none, or another request's */
export function readRequestDocument(bytes: Uint8Array, key: string): RequestDocument {
  const document = parseDocument(bytes, key);
  assertUnchanged(bytes, key);
  const part = partOfRequestKey(key);
  const { request_id, from, to } = document;
  if (request_id === part?.requestId && from === part.from && to === part.to) return document;
  throw damagedRaw(
    key,
    `is not what its name says: it is about the request ${request_id} of ${from} to ${to}`,
  );
}

function parseDocument(bytes: Uint8Array, key: string): RequestDocument {
  try {
    return readDocument(bytes, requestDocumentSchema, key, '');
  } catch (cause) {
    if (!(cause instanceof DamagedObjectError)) throw cause;
    throw damagedRaw(key, cause.message.replace(`The object ${key} `, '').replace(/\.\s*$/, ''), cause);
  }
}

/** A request object of an earlier version has no hash. @param bytes of a JSON object @throws DamagedObjectError */
function assertUnchanged(bytes: Uint8Array, key: string): void {
  const { sha256: hash, ...said } = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<
    string,
    unknown
  >;
  if (hash === undefined || hash === sha256(JSON.stringify(said))) return;
  throw damagedRaw(key, 'does not say what was written: its hash differs');
}

/** @param asked what the request of this id asks for @throws DamagedObjectError when the stored document says something else */
export function assertSameQuestion(kept: RequestDocument, asked: RequestDocument, key: string): void {
  if (questionOf(kept) === questionOf(asked)) return;
  throw damagedRaw(key, 'does not say what the request of its name asks for');
}

/** Without address and form: the same question may be sent to another server, or in other words. */
function questionOf(document: RequestDocument): string {
  const { api, models, section, variables, locations, from, to } = requestDocumentSchema.parse(document);
  return JSON.stringify([
    document.method === 'RECORDED',
    api,
    models,
    section,
    variables,
    locations,
    from,
    to,
  ]);
}
