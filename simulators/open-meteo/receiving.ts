import type { IncomingMessage } from 'node:http';
import type { Parameters } from './places';
import { REASONS, Refusal } from './refusal';

export const URL_CHARACTERS = 64_000;
export const BODY_BYTES = 128 * 1024;

/** A request as it came in. */
export interface Call {
  readonly method: string;
  readonly path: string;
  /** Of the query, for a POST of the form. */
  readonly parameters: Parameters;
  /** Shown in the header or as `apikey`. */
  readonly key: string | undefined;
  /** Set when the request was not even read. */
  readonly refusal?: Refusal;
}

/** Reads the request to its end, whatever is wrong with it: a client that is still sending would miss the answer. */
export async function receive(request: IncomingMessage): Promise<Call> {
  const address = request.url ?? '/';
  const { pathname, searchParams } = new URL(address, 'http://localhost');
  const method = request.method ?? 'GET';
  const body = await readBody(request);
  const fields = method === 'POST' ? new URLSearchParams(body ?? '') : searchParams;
  const header = request.headers['x-api-key'];
  const key =
    (typeof header === 'string' ? header : undefined) ?? fields.get('apikey') ?? searchParams.get('apikey');
  const call = { method, path: pathname, parameters: joinLists(fields), key: key || undefined };
  if (address.length > URL_CHARACTERS) return { ...call, refusal: new Refusal(414, REASONS.uriTooLong) };
  return body === undefined ? { ...call, refusal: new Refusal(413, REASONS.bodyTooLarge) } : call;
}

/** A field given twice is one longer list. */
function joinLists(fields: URLSearchParams): Parameters {
  return Object.fromEntries([...new Set(fields.keys())].map((name) => [name, fields.getAll(name).join(',')]));
}

/** Undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= BODY_BYTES) chunks.push(chunk);
  }
  return bytes > BODY_BYTES ? undefined : Buffer.concat(chunks).toString();
}
