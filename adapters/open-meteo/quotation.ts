import type { ApiKey } from './api-key';

const MAX_QUOTED_CHARACTERS = 300;

/** The `reason` of an error body; of any other body, its text without markup. Bounded, one line. */
export function quoteReason(text: string, key: ApiKey): string {
  return quote(reasonOf(text) ?? textOf(text), key);
}

/** Bounded, one line. */
export function quote(text: string, key: ApiKey): string {
  // The key goes first: half a key that the cut leaves behind would not be found any more.
  // Control characters go too: a stranger's text ends on a terminal.
  const line = key
    .redact(text)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return line.length > MAX_QUOTED_CHARACTERS ? `${line.slice(0, MAX_QUOTED_CHARACTERS)}...` : line;
}

function reasonOf(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== 'object' || body === null || !('reason' in body)) return undefined;
    return typeof body.reason === 'string' ? body.reason : undefined;
  } catch {
    return undefined;
  }
}

function textOf(markup: string): string {
  return markup.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' ');
}
