import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, gzipSync } from 'node:zlib';

/** Marks everything that this server sends as made up. */
export const SIMULATED_HEADER = 'x-simulated';
export const SIMULATED_VALUE = 'open-meteo';
export const JSON_TYPE = 'application/json; charset=utf-8';
/** How the real server ends, or opens, a body that it cannot finish. */
export const STREAM_ERROR = 'Unexpected error while streaming data: The operation could not be completed';

/** What is in the server's write buffer when it fails is lost. */
const LOST_BYTES = 3072;
const GZIP_LEVEL = 1;
/** Larger than the default, to turn less often between the threads. */
const GZIP_CHUNK_BYTES = 128 * 1024;
const ENDLESS = Buffer.from('{"latitude":1.0,"longitude":1.0,"hourly":{"temperature_2m":[');
const ENDLESS_PART = Buffer.from('1.0,'.repeat(16_384));

type Headers = Readonly<Record<string, string | number>>;

/** Sends a whole body; none of ours is compressed but the answers. */
export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Headers = {},
): void {
  response.writeHead(status, { 'content-type': JSON_TYPE, ...headers }).end(text);
}

/** Streams an answer as fast as the client reads it. */
export async function sendChunks(
  response: ServerResponse,
  chunks: Iterable<Buffer>,
  gzip: boolean,
): Promise<void> {
  const body = Readable.from(chunks, { objectMode: false });
  response.setHeader('content-type', JSON_TYPE);
  if (!gzip) return untilGone(pipeline(body, response));
  response.setHeader('content-encoding', 'gzip');
  return untilGone(pipeline(body, createGzip({ level: GZIP_LEVEL, chunkSize: GZIP_CHUNK_BYTES }), response));
}

/** Promises the whole body, sends a part of it and hangs up. @param at bytes sent; default: half */
export async function sendTruncated(
  response: ServerResponse,
  body: Buffer,
  at = body.length >> 1,
): Promise<void> {
  response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': body.length });
  const sent = body.subarray(0, Math.min(at, body.length - 1));
  if (sent.length > 0) await new Promise<void>((resolve) => response.write(sent, () => resolve()));
  else response.flushHeaders();
  response.socket?.destroySoon();
}

/** A compressed body that a proxy has cut and counted anew: its length is right. @param at bytes sent; default: half */
export function sendCutGzip(response: ServerResponse, body: Buffer, at?: number): void {
  const whole = gzipSync(body, { level: GZIP_LEVEL });
  const sent = whole.subarray(0, Math.min(at ?? whole.length >> 1, whole.length - 1));
  const framing = { 'content-encoding': 'gzip', 'content-length': sent.length };
  response.writeHead(200, { 'content-type': JSON_TYPE, ...framing }).end(sent);
}

/** Sends the whole body in chunks and hangs up without the empty one that ends it. */
export async function sendWithoutLastChunk(response: ServerResponse, body: Buffer): Promise<void> {
  response.writeHead(200, { 'content-type': JSON_TYPE });
  await new Promise<void>((resolve) => response.write(body, () => resolve()));
  response.socket?.destroySoon();
}

/** A 200 that ends, in good order, in the middle of the data and with a sentence. */
export function sendStreamError(response: ServerResponse, body: Buffer, early: boolean): void {
  response.writeHead(200, { 'content-type': JSON_TYPE });
  if (!early) response.write(body.subarray(0, body.length - Math.min(LOST_BYTES, body.length >> 1)));
  response.end(STREAM_ERROR);
}

/** A body without end. Returns when the client has had enough. */
export function sendEndless(response: ServerResponse): Promise<void> {
  return sendChunks(response, endless(), false);
}

function* endless(): Generator<Buffer> {
  yield ENDLESS;
  for (;;) yield ENDLESS_PART;
}

/** A client that goes away is no failure of the server. */
async function untilGone(sending: Promise<void>): Promise<void> {
  try {
    await sending;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
