import type { DecodedLocation } from './answer';
import { LOWER_A, LOWER_N, MINUS, QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { readNumber } from './numbers';
import { refusal } from './refusal';
import { skipValue } from './skip-value';
import { readText } from './strings';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What stands around the sections of a location. */
export type Envelope = Mutable<Omit<DecodedLocation, 'index' | 'sections'>>;

/** Members that the source writes as a bare nan outside a model's grid, which JSON does not know. */
const MAY_BE_NAN: ReadonlySet<string> = new Set(['latitude', 'longitude', 'elevation']);

/**
 * Reads a member into `envelope`. A coordinate that is null or a bare nan is null, any other member that is null counts as
 * left out, as does an elevation that is a bare nan; an unknown member is checked as JSON and dropped.
 */
export function readEnvelopeMember(cursor: Cursor, name: string, envelope: Envelope): void {
  if (!skipNull(cursor, name)) readTold(cursor, name, envelope);
  else if (name === 'latitude' || name === 'longitude') envelope[name] = null;
}

function readTold(cursor: Cursor, name: string, envelope: Envelope): void {
  switch (name) {
    case 'location_id':
      envelope.locationId = readWhole(cursor);
      cursor.locationId = envelope.locationId;
      break;
    case 'latitude':
      envelope.latitude = readNumber(cursor);
      break;
    case 'longitude':
      envelope.longitude = readNumber(cursor);
      break;
    case 'elevation':
      envelope.elevation = readNumber(cursor);
      break;
    case 'utc_offset_seconds':
      envelope.utcOffsetSeconds = readWhole(cursor);
      break;
    case 'timezone':
      if (cursor.peek() !== QUOTE) throw refusal(cursor, { what: 'a text is expected' });
      envelope.timezone = readText(cursor);
      break;
    default:
      skipValue(cursor);
  }
}

/** Steps over a null, or a bare nan where one may stand. Says whether one stood there. */
function skipNull(cursor: Cursor, name: string): boolean {
  if (MAY_BE_NAN.has(name) && skipNan(cursor)) return true;
  if (cursor.peek() !== LOWER_N) return false;
  skipValue(cursor);
  return true;
}

/** Steps over `nan` or `-nan`. Says whether one stood there. */
function skipNan(cursor: Cursor): boolean {
  const { body, position } = cursor;
  const first = body[position] === MINUS ? position + 1 : position;
  if (body[first] !== LOWER_N || body[first + 1] !== LOWER_A || body[first + 2] !== LOWER_N) return false;
  cursor.position = first + 3;
  return true;
}

function readWhole(cursor: Cursor): number {
  const offset = cursor.position;
  const value = readNumber(cursor);
  if (Number.isSafeInteger(value)) return value;
  throw refusal(cursor, { what: 'a whole number is expected', offset });
}
