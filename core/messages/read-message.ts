import { checkedInput } from '../checked-input';
import { ConfigError, type IngestError } from '../errors';
import { type FetchMessage, fetchMessageSchema } from './fetch-message';

/** A message that nobody can act on, with the token of its task where at least that could be read. */
export interface UnreadMessage {
  readonly error: IngestError;
  readonly token: string | undefined;
}

export function readMessage(body: string): { readonly message: FetchMessage } | UnreadMessage {
  const json = parseJson(body);
  try {
    return { message: checkedInput(fetchMessageSchema, json, 'The message cannot be used:') };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { error, token: tokenIn(json) };
  }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function tokenIn(json: unknown): string | undefined {
  const token = (json as { task_token?: unknown } | null | undefined)?.task_token;
  return typeof token === 'string' && token !== '' ? token : undefined;
}
