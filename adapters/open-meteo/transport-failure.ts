import { ADDRESS_MISTAKES, type AddressMistake, addressMistakeOf } from './address-mistake';
import type { ApiKey } from './api-key';
import { quote } from './quotation';

/** The connection was never made, so the source cannot have counted anything. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  ...ADDRESS_MISTAKES.keys(),
]);

export interface TransportFailure {
  /** The messages and codes of the error and its causes. */
  readonly text: string;
  readonly reached: boolean;
  /** Absent where the address may be right and the source is down. */
  readonly mistake?: AddressMistake;
}

/**
 * A failed fetch in words. The error itself is not passed on: fetch hangs raw bytes of the connection on it,
 * and they may hold a secret.
 */
export function describeFailure(error: unknown, key: ApiKey): TransportFailure {
  const chain = causesOf(error);
  const parts = chain.flatMap(({ message, code }) => [message, code]).filter((part) => part !== '');
  const mistake = chain.map(addressMistakeOf).find((found) => found !== undefined);
  return {
    text: quote([...new Set(parts)].join(': '), key) || 'no reason given',
    reached: mistake === undefined && !chain.some(({ code }) => NEVER_CONNECTED.has(code)),
    ...(mistake === undefined ? {} : { mistake }),
  };
}

function causesOf(error: unknown): { message: string; code: string }[] {
  const chain = [];
  for (let link = error; typeof link === 'object' && link !== null && chain.length < 5; ) {
    const { message = '', code = '', cause }: { message?: unknown; code?: unknown; cause?: unknown } = link;
    chain.push({ message: String(message), code: String(code) });
    link = cause;
  }
  return chain;
}
