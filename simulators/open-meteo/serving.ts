import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerChunks, type Making } from './answer';
import { APIS } from './apis';
import { editBody, isEdited } from './edits';
import { type FaultRule, faultsOf, overlayOf } from './faults';
import type { Settings } from './options';
import { type Question, readQuestion } from './question';
import { type Call, receive } from './receiving';
import { errorBody, REASONS, Refusal, tooMany } from './refusal';
import {
  JSON_TYPE,
  SIMULATED_HEADER,
  SIMULATED_VALUE,
  sendChunks,
  sendCutGzip,
  sendEndless,
  sendStreamError,
  sendText,
  sendTruncated,
  sendWithoutLastChunk,
} from './sending';
import type { SimulatorRequest, Visit, World } from './world';

const CUSTOMER_PATH = '/customer';

/** Answers one request, and never throws for anything that a client does. */
export async function serve(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.setHeader(SIMULATED_HEADER, SIMULATED_VALUE);
  const closing = new AbortController();
  response.once('close', () => closing.abort());
  const call = await receive(request);
  const { method, path, parameters } = call;
  const entry = { method, path, query: parameters, weight: 0, status: 0, at: world.settings.clock() };
  world.log.push(entry);
  try {
    await handle({ world, call, entry, request, response, gone: closing.signal });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    refuse(world, entry, response, error);
  }
}

function refuse(
  { quota, made }: World,
  entry: SimulatorRequest,
  response: ServerResponse,
  refusal: Refusal,
): void {
  const { status, reason, headers, cost } = refusal;
  entry.status = status;
  entry.weight = cost;
  quota.add(cost);
  sendText(response, status, errorBody(reason, made.errors++ % 2 === 1), headers);
}

async function handle(visit: Visit): Promise<void> {
  const { world, call, response, gone } = visit;
  if (call.refusal) throw call.refusal;
  const question = understand(visit);
  const rules = world.faults.strike(call.path, question instanceof Refusal ? undefined : question);
  if (await answerInstead(visit, rules)) return;
  if (question instanceof Refusal && question.status !== 400) throw question;
  world.quota.check();
  if (!(await world.gate.enter(gone))) return;
  try {
    await pause(visit, rules);
    if (gone.aborted) return;
    if (question instanceof Refusal) throw question;
    await answer(visit, question, rules);
    if (!response.closed) await once(response, 'close');
  } finally {
    world.gate.leave();
  }
}

/** The question, or why there is none. */
function understand({ call, world, request }: Visit): Question | Refusal {
  try {
    const { path, method, parameters } = call;
    const api = APIS.get(path);
    if (!api || !['GET', 'POST'].includes(method)) throw new Refusal(404, REASONS.notFound);
    checkKey(call, world.settings, request);
    return readQuestion(api, parameters, world.settings.clock(), world.settings.limits);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function checkKey({ key, path, parameters }: Call, { keyed }: Settings, request: IncomingMessage): void {
  if (!keyed) {
    if (key === undefined) return;
    const query = new URLSearchParams({ ...parameters, apikey: key });
    // The real one names its customer host; this one stays at home, so that a client that follows is seen in the log.
    throw seeOther(`http://${request.headers.host}${CUSTOMER_PATH}${path}?${query}`);
  }
  if (key === undefined) throw new Refusal(401, REASONS.keyMissing);
  if (keyed.apiKey !== undefined && key !== keyed.apiKey) throw new Refusal(400, REASONS.keyInvalid);
}

/** Faults that come before the server: whether one took the answer's place. */
async function answerInstead(
  { response, request, entry }: Visit,
  rules: readonly FaultRule[],
): Promise<boolean> {
  for (const { fault } of rules) {
    switch (fault.kind) {
      case 'status':
        if (fault.body === undefined)
          throw new Refusal(fault.status, REASONS.overloaded, delayHeaders(fault));
        entry.status = fault.status;
        sendText(response, fault.status, fault.body, delayHeaders(fault));
        return true;
      case 'rate_limit':
        throw tooMany(fault.window, delayHeaders(fault));
      case 'body':
        entry.status = fault.status ?? 200;
        sendText(response, entry.status, fault.body, {
          'content-type': fault.contentType ?? JSON_TYPE,
          ...delayHeaders(fault),
        });
        return true;
      case 'redirect':
        throw seeOther(fault.location ?? `http://${request.headers.host}/elsewhere`);
      case 'reset':
        request.socket.destroy();
        return true;
      case 'huge':
        entry.status = 200;
        await sendEndless(response);
        return true;
    }
  }
  return false;
}

function seeOther(location: string): Refusal {
  return new Refusal(303, 'See Other', { location });
}

function delayHeaders({ retryAfter }: { readonly retryAfter?: string }): Readonly<Record<string, string>> {
  return retryAfter === undefined ? {} : { 'retry-after': retryAfter };
}

async function pause({ world, gone }: Visit, rules: readonly FaultRule[]): Promise<void> {
  if (faultsOf(rules, 'hang').length > 0 && !gone.aborted) await once(gone, 'abort');
  const slow = faultsOf(rules, 'slow').reduce((sum, { ms }) => sum + ms, world.settings.latencyMs);
  // An aborted pause is a client that left: what follows looks at the signal.
  if (slow > 0) await sleep(slow, undefined, { signal: gone }).catch(() => undefined);
}

async function answer(visit: Visit, question: Question, rules: readonly FaultRule[]): Promise<void> {
  const { world, entry, request, response } = visit;
  entry.status = 200;
  entry.weight = question.weight;
  world.quota.add(question.weight);
  const { seed, gzip } = world.settings;
  const making: Making = {
    seed,
    overlay: overlayOf(rules),
    generationTime: () => generationTime(world.made.elements++),
  };
  const chunks = answerChunks(question, making);
  const broken = breakerOf(rules);
  if (broken === undefined && !isEdited(rules)) {
    return sendChunks(response, chunks, gzip && /\bgzip\b/.test(request.headers['accept-encoding'] ?? ''));
  }
  const made = Buffer.concat([...chunks]);
  const body = isEdited(rules) ? Buffer.from(editBody(made.toString(), rules)) : made;
  if (broken !== undefined) return broken(response, body);
  sendText(response, 200, body.toString());
}

/** How the answer breaks on the wire; `undefined` where it does not. */
function breakerOf(
  rules: readonly FaultRule[],
): ((response: ServerResponse, body: Buffer) => void | Promise<void>) | undefined {
  for (const { fault } of rules) {
    switch (fault.kind) {
      case 'truncate':
        return (response, body) => sendTruncated(response, body, fault.at);
      case 'cut_gzip':
        return (response, body) => sendCutGzip(response, body, fault.at);
      case 'no_last_chunk':
        return sendWithoutLastChunk;
      case 'stream_error':
        return (response, body) => sendStreamError(response, body, fault.early ?? false);
    }
  }
  return undefined;
}

/** Spread over about 0.1 to 2.1 ms; the golden ratio keeps any two apart. */
function generationTime(element: number): number {
  return 0.1 + 2 * ((element * 0.618033988749895) % 1);
}
