import { Cursor } from './decode/cursor';
import { skipValue } from './decode/skip-value';
import { peekToken } from './decode/structure';
import { ConfigError, SourceContractError } from './errors';

const EXCERPT_LENGTH = 40;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The value of a JSON text that a person has written; a byte order mark before it is passed over.
 *
 * @param subject for the error's first line
 * @throws ConfigError with the line and column at which it stops being JSON
 */
export function parseJsonText(text: string, subject: string): unknown {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  try {
    return JSON.parse(json);
  } catch (cause) {
    const before = Buffer.from(json).subarray(0, syntaxErrorOffset(json)).toString();
    const lines = before.split('\n');
    const rest = json.slice(before.length, before.length + EXCERPT_LENGTH).split(/\r?\n/)[0]!;
    const problem = {
      path: `line ${lines.length}, column ${lines.at(-1)!.length + 1}`,
      message: 'here it stops being JSON; look for a comma, quote or bracket that is missing or too many',
      received: rest === '' ? 'the end of a line' : rest,
    };
    throw new ConfigError(subject, [problem], { cause });
  }
}

/** Byte at which a text stops being JSON. Messages of JSON.parse do not always tell. */
function syntaxErrorOffset(text: string): number {
  const cursor = new Cursor(Buffer.from(text));
  try {
    peekToken(cursor);
    skipValue(cursor);
    return peekToken(cursor) === -1 ? 0 : cursor.position;
  } catch (error) {
    if (!(error instanceof SourceContractError)) throw error;
    return Number(error.context.byte_offset);
  }
}
