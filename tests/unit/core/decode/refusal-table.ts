import type { WantedColumns } from '../../../../core/decode/answer';
import { decodeAnswer } from '../../../../core/decode/decode-answer';
import { SourceContractError } from '../../../../core/errors';

/** Stands before the byte that the error has to name. */
const MARK = '⌖';
const WANTED: WantedColumns = {
  hourly: { temperature_2m: 'number', summary: 'text', sunrise: 'time' },
  current: { temperature_2m: 'number' },
};

export type RefusalRow = readonly [title: string, markedText: string, place: object, message: RegExp];

export const hourly = (members: string) => `{"location_id":7,"latitude":52.5,"hourly":{${members}}}`;

export const IN_HOURLY = { location: 0, location_id: 7, section: 'hourly' };
export const inColumn = (column: string) => ({ ...IN_HOURLY, column });

/** The error that the body is refused with; fails when it is accepted, or refused with another kind of error. */
export function refusalOf(body: Uint8Array): SourceContractError {
  try {
    decodeAnswer(body, WANTED);
  } catch (error) {
    if (error instanceof SourceContractError) return error;
    throw error;
  }
  throw new Error('the body was accepted');
}

/** One test per row: the error's context is the row's place and the marked byte, its message matches. */
export function isRefusedWhen(rows: readonly RefusalRow[]): void {
  test.each(rows)('%s', (_, text, place, message) => {
    const { body, offset } = marked(text);

    const error = refusalOf(body);

    const { received, ...facts } = error.context;
    expect(facts).toEqual({ ...place, byte_offset: offset });
    expect(Array.from(String(received)).length).toBeLessThanOrEqual(40);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(String(received));
  });
}

function marked(text: string): { body: Uint8Array; offset: number } {
  const [before, after] = text.split(MARK) as [string, string];
  const encoder = new TextEncoder();
  return { body: encoder.encode(before + after), offset: encoder.encode(before).length };
}
