import type { DecodedLocation } from './answer';
import { LOWER_N, QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { readNumber } from './numbers';
import { refusal } from './refusal';
import { skipValue } from './skip-value';
import { readText } from './strings';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** What stands around the sections of a location. */
export type Envelope = Mutable<Omit<DecodedLocation, 'index' | 'sections'>>;

/** Reads a member into `envelope`. A null counts as left out; what is not known is checked as JSON and dropped. */
export function readEnvelopeMember(cursor: Cursor, name: string, envelope: Envelope): void {
  switch (cursor.peek() === LOWER_N ? undefined : name) {
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

function readWhole(cursor: Cursor): number {
  const offset = cursor.position;
  const value = readNumber(cursor);
  if (Number.isSafeInteger(value)) return value;
  throw refusal(cursor, { what: 'a whole number is expected', offset });
}
