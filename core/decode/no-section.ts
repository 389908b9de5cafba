import type { SourceContractError } from '../errors';
import { QUOTE } from './ascii';
import type { Cursor } from './cursor';
import { refusal, shorten } from './refusal';
import { skipValue } from './skip-value';
import { readText } from './strings';
import { enterObject, nextMember, readMemberName } from './structure';

const SHOWN_CHARACTERS = 200;

/** The error for an object that is sound JSON but holds no weather: reads it again to say what it looks like. */
export function noSection(cursor: Cursor, offset: number): SourceContractError {
  const { names, reason } = survey(cursor, offset);
  if (reason !== undefined) {
    return refusal(cursor, {
      what: `the source answered with an error, '${shorten(reason, SHOWN_CHARACTERS)}'`,
      wayOut: 'Mend what the reason names, or ask again later when it names a limit.',
      offset,
    });
  }
  if (names.includes('time')) {
    return refusal(cursor, {
      what: 'the object looks like the bare block of a section, without the envelope around it',
      wayOut: "Name the section as 'recorded.section' in the pipeline.",
      offset,
    });
  }
  return refusal(cursor, {
    what: `an object with hourly, daily or another section is expected, not with ${listNames(names)}`,
    wayOut: 'Check that this is the answer of a weather API, and that variables were asked for.',
    offset,
  });
}

function survey(cursor: Cursor, offset: number): { names: string[]; reason: string | undefined } {
  const names: string[] = [];
  let reason: string | undefined;
  cursor.position = offset;
  for (let more = enterObject(cursor); more; more = nextMember(cursor)) {
    const name = readMemberName(cursor);
    names.push(name);
    if (name === 'reason' && cursor.peek() === QUOTE) reason = readText(cursor);
    else skipValue(cursor);
  }
  return { names, reason };
}

function listNames(names: readonly string[]): string {
  return names.length === 0 ? 'no key at all' : `the keys ${shorten(names.join(', '), SHOWN_CHARACTERS)}`;
}
