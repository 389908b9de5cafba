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
  const read = cursor.peek() === LOWER_N ? undefined : READERS.get(name);
  if (read === undefined) skipValue(cursor);
  else read(cursor, envelope);
}

const READERS: ReadonlyMap<string, (cursor: Cursor, envelope: Envelope) => void> = new Map([
  ['location_id', readLocationId],
  [
    'latitude',
    (cursor, envelope) => {
      envelope.latitude = readNumber(cursor);
    },
  ],
  [
    'longitude',
    (cursor, envelope) => {
      envelope.longitude = readNumber(cursor);
    },
  ],
  [
    'elevation',
    (cursor, envelope) => {
      envelope.elevation = readNumber(cursor);
    },
  ],
  [
    'utc_offset_seconds',
    (cursor, envelope) => {
      envelope.utcOffsetSeconds = readWhole(cursor);
    },
  ],
  [
    'timezone',
    (cursor, envelope) => {
      envelope.timezone = readZone(cursor);
    },
  ],
]);

function readLocationId(cursor: Cursor, envelope: Envelope): void {
  const id = readWhole(cursor);
  envelope.locationId = id;
  cursor.locationId = id;
}

function readZone(cursor: Cursor): string {
  if (cursor.peek() !== QUOTE) throw refusal(cursor, { what: 'a text is expected' });
  return readText(cursor);
}

function readWhole(cursor: Cursor): number {
  const offset = cursor.position;
  const value = readNumber(cursor);
  if (Number.isSafeInteger(value)) return value;
  throw refusal(cursor, { what: 'a whole number is expected', offset });
}
