import { SECTIONS } from '../model/source';
import type { Cursor } from './cursor';
import { skipValue } from './skip-value';
import { enterObject, nextMember, readMemberName } from './structure';

const ENVELOPE_NAMES: ReadonlySet<string> = new Set(['latitude', 'longitude', ...SECTIONS]);

/**
 * Whether the object under the cursor is the block of a section without the envelope around it. The first name that
 * tells decides: nearly always the very first, but for blocks whose `time` stands behind their data.
 */
export function isBareSection(cursor: Cursor): boolean {
  const start = cursor.position;
  let isBare = false;
  for (let more = enterObject(cursor); more; more = nextMember(cursor)) {
    const name = readMemberName(cursor);
    isBare = name === 'time';
    if (isBare || ENVELOPE_NAMES.has(name)) break;
    skipValue(cursor);
  }
  cursor.position = start;
  return isBare;
}
