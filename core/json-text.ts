import { MAXIMUM_DEPTH } from './decode/skip-value';
import { ConfigError, type ConfigProblem, SourceContractError } from './errors';
import { type RepeatedKey, repeatedKeys, TooDeep } from './json-keys';

const EXCERPT_LENGTH = 40;
const BYTE_ORDER_MARK = '\ufeff';

/**
 * The value of a JSON text that a person has written; a byte order mark before it is passed over.
 *
 * @param subject for the error's first line
 * @throws ConfigError with the line and column at which it stops being JSON or is nested too deep, or with every key that
 *   stands twice in an object
 */
export function parseJsonText(text: string, subject: string): unknown {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text;
  const problems = problemsIn(json);
  if (problems.length > 0) throw new ConfigError(subject, problems);
  return JSON.parse(json);
}

function problemsIn(json: string): ConfigProblem[] {
  const bytes = Buffer.from(json);
  try {
    return repeatedKeys(bytes).map((key) => repetition(bytes, key));
  } catch (error) {
    if (error instanceof TooDeep) return [tooDeep(placeOf(bytes, error.offset))];
    if (error instanceof SourceContractError)
      return [notJson(json, bytes, Number(error.context.byte_offset))];
    throw error;
  }
}

function repetition(bytes: Buffer, { path, first, offset }: RepeatedKey): ConfigProblem {
  const message = `stands twice, at ${placeOf(bytes, first)} and ${placeOf(bytes, offset)}, and only one value can count; remove the other`;
  return { path, message };
}

function tooDeep(path: string): ConfigProblem {
  return {
    path,
    message: `here values are nested deeper than ${MAXIMUM_DEPTH} levels, which no such file needs; look for brackets that do not close`,
  };
}

/** Messages of JSON.parse do not always tell where. */
function notJson(json: string, bytes: Buffer, offset: number): ConfigProblem {
  const start = bytes.toString('utf8', 0, offset).length;
  const rest = json.slice(start, start + EXCERPT_LENGTH).split(/\r?\n/)[0]!;
  return {
    path: placeOf(bytes, offset),
    message: 'here it stops being JSON; look for a comma, quote or bracket that is missing or too many',
    received: rest === '' ? 'the end of a line' : rest,
  };
}

/** @param offset in bytes */
function placeOf(bytes: Buffer, offset: number): string {
  const lines = bytes.toString('utf8', 0, offset).split('\n');
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
}
