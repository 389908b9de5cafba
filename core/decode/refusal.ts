import { type ErrorContext, SourceContractError } from '../errors';
import type { Cursor } from './cursor';

const EXCERPT_CHARACTERS = 40;
const NAME_CHARACTERS = 100;
const LONGEST_CHARACTER_BYTES = 4;

const ASK_AGAIN = 'Fetch it again; if that does not help, look at the body as it was kept.';
const NO_GRID_CELL =
  'The source writes a bare nan or inf, which JSON does not know, where a model has no value: leave that model or location out.';
/** The source's own sentence at the end of an answer that it could not send to its end. */
const STREAM_ERROR = 'Unexpected error while';
const BROKEN_OFF = 'The source broke the answer off with an error of its own: fetch it again.';
const NO_WEATHER =
  'An answer of the elevation API has heights and no weather: give the answer of a weather API.';
const OTHER_TYPE =
  'Should the source mean it so, give the column another type in the pipeline or leave it out.';

export interface Problem {
  /** What is wrong, as the middle of a sentence. */
  readonly what: string;
  /** What to do about it. Default: what usually helps against what was received. */
  readonly wayOut?: string;
  /** Byte that is to blame. Default: the cursor's position. */
  readonly offset?: number;
  /** Default: an excerpt of the body from `offset` on. */
  readonly received?: string;
}

/** The error for a body that is not what the contract promises: where, what was received, the way out. */
export function refusal(cursor: Cursor, problem: Problem): SourceContractError {
  const offset = problem.offset ?? cursor.position;
  const received = problem.received ?? excerpt(cursor.body, offset);
  const wayOut = problem.wayOut ?? usualWayOut(cursor, received);
  const message = `${describePlace(cursor, offset)}: ${problem.what}, received ${received}. ${wayOut}`;
  return new SourceContractError(message, { context: { ...placeOf(cursor), byte_offset: offset, received } });
}

function usualWayOut({ section, column }: Cursor, received: string): string {
  if (/^-?(nan|inf)/i.test(received)) return NO_GRID_CELL;
  if (received.includes(STREAM_ERROR)) return BROKEN_OFF;
  if (column === 'elevation' && received.startsWith('[')) return NO_WEATHER;
  return received.startsWith('"') && section !== undefined && column !== undefined ? OTHER_TYPE : ASK_AGAIN;
}

function placeOf({ location, locationId, section, column }: Cursor): ErrorContext {
  return {
    ...(location !== undefined && { location }),
    ...(locationId !== undefined && { location_id: locationId }),
    ...(section !== undefined && { section }),
    ...(column !== undefined && {
      [section === undefined ? 'field' : 'column']: shorten(column, NAME_CHARACTERS),
    }),
  };
}

function describePlace({ location, locationId, section, column }: Cursor, offset: number): string {
  const id = locationId === undefined ? '' : ` (location_id ${locationId})`;
  const names = [section, column].filter((name) => name !== undefined);
  return [
    location === undefined ? 'The answer' : `Location ${location}${id} of the answer`,
    ...(names.length === 0 ? [] : [shorten(names.join('.'), NAME_CHARACTERS)]),
    `byte ${offset}`,
  ].join(', ');
}

function excerpt(body: Uint8Array, offset: number): string {
  if (offset >= body.length) return '(end of the body)';
  const bytes = body.subarray(offset, offset + EXCERPT_CHARACTERS * LONGEST_CHARACTER_BYTES);
  return shorten(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
}

/** At most `limit` characters on one line: what a terminal or a log could trip over is escaped. */
export function shorten(text: string, limit = EXCERPT_CHARACTERS): string {
  const escaped = escapeControls(text);
  const characters = Array.from(escaped);
  return characters.length <= limit ? escaped : `${characters.slice(0, limit - 1).join('')}…`;
}

function escapeControls(text: string): string {
  return text.replace(
    /[\p{C}\u2028\u2029]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, '0')}`,
  );
}
