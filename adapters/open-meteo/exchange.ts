import type { Clock } from '../../core/ports/clock';
import type { ReceivedBody, WireRequest } from '../../core/ports/weather-source';
import type { AddressMistake } from './address-mistake';
import type { ApiKey } from './api-key';
import { readBody } from './body-reader';
import { isCutJson } from './cut-json';
import { quoteReason } from './quotation';
import { retryAfter } from './retry-after';
import { describeFailure } from './transport-failure';
import { encodeForm } from './wire-request';

const HEADERS = { Accept: 'application/json', 'User-Agent': 'ingest-weather-daily' };
const MAX_REASON_BYTES = 64 * 1024;
/** The server writes it into a body whose status it has already sent. */
const STREAMING_FAILURE = 'Unexpected error while streaming data';
/** Longer than the sentence with any text after it. */
const TAIL_BYTES = 16 * 1024;

export interface ExchangeParts {
  readonly timeoutSeconds: number;
  readonly maxBodyBytes: number;
  readonly clock: Clock;
  readonly key: ApiKey;
  readonly signal?: AbortSignal | undefined;
}

/** What became of one try. Texts are bounded and free of secrets. */
export type Answer =
  | { readonly kind: 'body'; readonly body: ReceivedBody; readonly flaw?: string }
  | { readonly kind: 'overflow' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly reason: string;
      /** From its `Retry-After`. Milliseconds since the epoch. */
      readonly retryAt?: number;
    }
  | { readonly kind: 'silence'; readonly reason: string; readonly reached: boolean }
  | { readonly kind: 'misaddressed'; readonly mistake: AddressMistake; readonly reason: string };

/** Sends a request once. Rejects with the signal's reason when aborted, and for nothing else. */
export async function exchange(wire: WireRequest, parts: ExchangeParts): Promise<Answer> {
  const deadline = startDeadline(parts);
  try {
    const response = await send(wire, { ...HEADERS, ...parts.key.headers() }, deadline.signal);
    const answer = response.status === 200 ? await receive(response, parts) : await refused(response, parts);
    parts.signal?.throwIfAborted();
    return answer;
  } catch (error) {
    parts.signal?.throwIfAborted();
    const { text, reached, mistake } = describeFailure(error, parts.key);
    if (mistake !== undefined) return { kind: 'misaddressed', mistake, reason: text };
    return { kind: 'silence', reason: text, reached };
  } finally {
    deadline.end();
  }
}

function send(
  wire: WireRequest,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Response> {
  const form = encodeForm(wire.form);
  const common = { redirect: 'manual', signal } as const;
  if (wire.method === 'GET') return fetch(`${wire.address}?${form}`, { ...common, headers });
  const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return fetch(wire.address, { ...common, method: 'POST', headers: { ...headers, ...type }, body: form });
}

async function receive(response: Response, { maxBodyBytes, clock, key }: ExchangeParts): Promise<Answer> {
  const { bytes, failure, overflow } = await readBody(response.body, maxBodyBytes);
  if (overflow) return { kind: 'overflow' };
  const flaw =
    failure === undefined
      ? (streamingFailure(bytes, key) ?? silentCut(bytes))
      : describeFailure(failure, key).text;
  const simulated = response.headers.has('x-simulated');
  const body = { bytes, fetchedAt: clock.now(), complete: flaw === undefined, simulated };
  return flaw === undefined ? { kind: 'body', body } : { kind: 'body', body, flaw };
}

/** A body that is cut where its length says, or that ends with its connection, arrives without an error: only its JSON shows it. */
function silentCut(bytes: Uint8Array): string | undefined {
  return isCutJson(bytes) ? 'the body ends before its JSON does' : undefined;
}

/** The server's own sentence, with what it says after it. */
function streamingFailure(bytes: Uint8Array, key: ApiKey): string | undefined {
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-TAIL_BYTES);
  const start = tail.lastIndexOf(STREAMING_FAILURE);
  return start === -1 ? undefined : quoteReason(tail.toString('utf8', start), key);
}

async function refused(response: Response, { clock, key }: ExchangeParts): Promise<Answer> {
  const { bytes } = await readBody(response.body, MAX_REASON_BYTES);
  const retryAt = retryAfter(response.headers, clock.now());
  return {
    kind: 'status',
    status: response.status,
    reason: quoteReason(new TextDecoder().decode(bytes), key),
    ...(retryAt === undefined ? {} : { retryAt }),
  };
}

/** Real time, whatever the clock: it bounds a real connection. */
function startDeadline({ timeoutSeconds, signal }: ExchangeParts): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal?.reason);
  const onTimeout = () => controller.abort(new Error(`no whole answer within ${timeoutSeconds} s`));
  const timer = setTimeout(onTimeout, timeoutSeconds * 1000);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  };
  return { signal: controller.signal, end };
}
