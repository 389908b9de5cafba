import fc from 'fast-check';
import { decodeAnswer } from '../../../../core/decode/decode-answer';
import { answerArbitrary } from './answer-arbitrary';
import { difference } from './parse-oracle';

test('answers of every shape decode to the values that JSON.parse gives', () => {
  fc.assert(
    fc.property(answerArbitrary, ({ text, wanted }) => {
      const decoded = decodeAnswer(new TextEncoder().encode(text), wanted);

      expect(difference(decoded, JSON.parse(text), wanted)).toBeUndefined();
    }),
    { seed: 20260103, numRuns: 1500 },
  );
});
