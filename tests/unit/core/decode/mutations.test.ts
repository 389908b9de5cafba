import fc from 'fast-check';
import type { WantedColumns } from '../../../../core/decode/answer';
import { decodeAnswer } from '../../../../core/decode/decode-answer';
import { SourceContractError } from '../../../../core/errors';
import { answerArbitrary } from './answer-arbitrary';
import { difference, strictParse } from './parse-oracle';

/** Bytes that JSON gives a meaning, or that it forbids. */
const BYTES_OF_WEIGHT = [
  ...Buffer.from('",:[]{}\\/ \n0159-+.eEntufxT\0\x1f\x7f\x80\xc3\xe2\xf0\xff', 'latin1'),
];
const FRAGMENTS = 'null nan NaN true " \\u \\ud83c [] {} , ,, 1e400 - 00 "time": é \u{feff}'.split(' ');

/** Changes some bytes of a body at a place between 0 and 1. */
type Mutation = (body: Uint8Array) => Uint8Array;

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const index = (body: Uint8Array, where: number) => Math.floor(where * body.length);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 0x30, max: 0x39 })).map(
    ([where, digit]): Mutation =>
      (body) => {
        const from = index(body, where);
        const at = body.findIndex((byte, offset) => offset >= from && byte >= 0x30 && byte <= 0x39);
        return at < 0 ? body : splice(body, at, 1, Uint8Array.of(digit));
      },
  ),
  fc.tuple(place, fc.nat(7)).map(
    ([where, bit]): Mutation =>
      (body) => {
        const at = index(body, where);
        return splice(body, at, 1, Uint8Array.of((body[at] ?? 0) ^ (1 << bit)));
      },
  ),
  fc.tuple(place, fc.constantFrom(...BYTES_OF_WEIGHT)).map(
    ([where, byte]): Mutation =>
      (body) =>
        splice(body, index(body, where), 1, Uint8Array.of(byte)),
  ),
  fc.tuple(place, fc.integer({ min: 1, max: 12 })).map(
    ([where, count]): Mutation =>
      (body) =>
        splice(body, index(body, where), count, new Uint8Array()),
  ),
  fc.tuple(place, fc.constantFrom(...FRAGMENTS)).map(
    ([where, fragment]): Mutation =>
      (body) =>
        splice(body, index(body, where), 0, new TextEncoder().encode(fragment)),
  ),
  place.map(
    (where): Mutation =>
      (body) =>
        body.slice(0, index(body, where)),
  ),
  fc.tuple(place, place, fc.integer({ min: 1, max: 60 })).map(
    ([from, to, count]): Mutation =>
      (body) => {
        const start = index(body, from);
        return splice(body, index(body, to), 0, body.slice(start, start + count));
      },
  ),
);

function splice(body: Uint8Array, at: number, removed: number, inserted: Uint8Array): Uint8Array {
  return Buffer.concat([body.subarray(0, at), inserted, body.subarray(at + removed)]);
}

type Verdict = 'read' | 'refused';

/** Decodes and holds the outcome against JSON.parse: it may be stricter, never laxer, and never different. */
function judge(body: Uint8Array, wanted: WantedColumns): Verdict {
  const parsed = strictParse(body);
  try {
    const decoded = decodeAnswer(body, wanted);
    if (parsed === undefined)
      throw new Error(`read what JSON.parse refuses: ${Buffer.from(body).toString('latin1')}`);
    expect(difference(decoded, parsed.value, wanted)).toBeUndefined();
    return 'read';
  } catch (error) {
    if (!(error instanceof SourceContractError)) throw error;
    expect(error.context.byte_offset).toBeLessThanOrEqual(body.length);
    return 'refused';
  }
}

test('a damaged answer is refused, or read as JSON.parse reads it', () => {
  const answers = fc.sample(answerArbitrary, { seed: 20260104, numRuns: 250 });
  const verdicts: Record<Verdict, number> = { read: 0, refused: 0 };

  fc.assert(
    fc.property(
      fc.constantFrom(...answers),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      ({ text, wanted }, mutations) => {
        const sound: Uint8Array = new TextEncoder().encode(text);

        const verdict = judge(
          mutations.reduce((body, mutate) => mutate(body), sound),
          wanted,
        );

        verdicts[verdict]++;
      },
    ),
    { seed: 20260105, numRuns: 8000 },
  );

  expect(verdicts.read).toBeGreaterThan(500);
  expect(verdicts.refused).toBeGreaterThan(4000);
});

describe('of one answer', () => {
  const wanted: WantedColumns = { hourly: { a: 'number', b: 'text', c: 'time' }, current: { a: 'number' } };
  const body =
    new TextEncoder().encode(`[{"location_id":1,"latitude":-0.5,"x":[{"y":"\\u00e9é"},true,false,1e5],
    "hourly_units":{"a":"°C"},"hourly":{"time":["2026-01-31T23:00","2026-02-01T00:00","2026-02-01T01:00"],
    "a":[-0.4,null,12.34],"b":["\\n",null,"雨"],"c":[null,"2026-02-01T08:00","2026-02-01T08:01"],"z":[1,2,[]]}},
    {"current":{"time":1767225600,"a":1.50}}]`);

  test('no beginning is read', () => {
    for (let length = 0; length < body.length; length++) {
      expect(judge(body.subarray(0, length), wanted)).toBe('refused');
    }
  });

  test('every byte may be damaged by every byte of weight', () => {
    for (let at = 0; at < body.length; at++) {
      for (const byte of BYTES_OF_WEIGHT) judge(splice(body, at, 1, Uint8Array.of(byte)), wanted);
    }
  });

  test('every byte may be lost, and every byte of weight may stand between', () => {
    for (let at = 0; at < body.length; at++) {
      judge(splice(body, at, 1, new Uint8Array()), wanted);
      for (const byte of BYTES_OF_WEIGHT) judge(splice(body, at, 0, Uint8Array.of(byte)), wanted);
    }
  });

  test('it is read when nothing is damaged', () => {
    expect(judge(body, wanted)).toBe('read');
  });
});
