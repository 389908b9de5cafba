import type { SourceContractError } from '../errors';
import type { Section } from '../model/source';
import type { DecodedLocation, WantedColumns } from './answer';
import { LESS_THAN, OPEN_ARRAY, OPEN_OBJECT } from './ascii';
import { isBareSection } from './bare-section';
import { Cursor } from './cursor';
import { LocationReader } from './location-reader';
import { refusal } from './refusal';
import { enterArray, nextElement, peekToken } from './structure';

/** First byte of U+FEFF in UTF-8. */
const BYTE_ORDER_MARK = 0xef;

export interface DecodeOptions {
  /** Read a body that is nothing but the block of a section, without the envelope around it, as this section. */
  readonly bareSection?: Section;
}

/**
 * Reads the body of an answer, once, straight into typed columns. What it accepts it reads to the bit as JSON.parse
 * would; it refuses whatever JSON.parse refuses, and whatever the source does not promise.
 *
 * @returns one location for an object, one per element for an array
 * @throws SourceContractError that names location, section, column and byte, and what was received
 */
export function decodeAnswer(
  body: Uint8Array,
  wanted: WantedColumns,
  { bareSection }: DecodeOptions = {},
): DecodedLocation[] {
  const cursor = new Cursor(body);
  const reader = new LocationReader(cursor, wanted);
  const locations = readAnswer(cursor, reader, bareSection);
  if (peekToken(cursor) !== -1) throw refusal(cursor, { what: 'nothing is expected behind the JSON' });
  return locations;
}

function readAnswer(cursor: Cursor, reader: LocationReader, bareSection?: Section): DecodedLocation[] {
  switch (peekToken(cursor)) {
    case OPEN_ARRAY:
      return readLocations(cursor, reader);
    case OPEN_OBJECT:
      return bareSection !== undefined && isBareSection(cursor)
        ? [reader.readBare(bareSection)]
        : [reader.read(0)];
    default:
      throw noAnswer(cursor);
  }
}

function readLocations(cursor: Cursor, reader: LocationReader): DecodedLocation[] {
  const offset = cursor.position;
  const locations: DecodedLocation[] = [];
  for (let more = enterArray(cursor); more; more = nextElement(cursor)) {
    locations.push(reader.read(locations.length));
  }
  if (locations.length > 0) return locations;
  throw refusal(cursor, { what: 'an answer needs at least one location', offset });
}

function noAnswer(cursor: Cursor): SourceContractError {
  switch (cursor.peek()) {
    case -1:
      return refusal(cursor, { what: 'the body is empty' });
    case LESS_THAN:
      return refusal(cursor, {
        what: 'JSON is expected, and this looks like HTML',
        wayOut: 'Check the address of the source: a proxy or another server may have answered.',
      });
    case BYTE_ORDER_MARK:
      return refusal(cursor, {
        what: 'JSON is expected, without a byte order mark before it',
        wayOut: 'Save the file as UTF-8 without a byte order mark.',
      });
    default:
      return refusal(cursor, { what: 'a JSON object or array is expected' });
  }
}
