import fc from 'fast-check';
import { isCutJson } from '../../../../adapters/open-meteo/cut-json';

const isCut = (text: string) => isCutJson(Buffer.from(text));

describe('isCutJson', () => {
  it.each([
    '',
    ' \n',
    '{',
    '[1',
    '{"a":"}',
    '{"a":"\\"}',
    '{"a":"\\\\\\"}',
    '[{"a":1},{"b":[2]}',
    '{"a": nan',
  ])('takes %j for the beginning of more', (text) => {
    expect(isCut(text)).toBe(true);
  });

  it.each(['{}', ' [1] ', '{"a":"\\\\"}', '{"a":"]"}', '{"a": nan}', '{}x', '7', 'null', '<html>', '"{'])(
    'takes %j for all there is',
    (text) => {
      expect(isCut(text)).toBe(false);
    },
  );

  it('knows every proper beginning of an object or array from the whole', () => {
    const documents = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(documents, fc.nat(), fc.integer({ min: 0, max: 3 }), (value, at, indent) => {
        const bytes = Buffer.from(JSON.stringify(value, null, indent));
        expect(isCutJson(bytes)).toBe(false);
        expect(isCutJson(bytes.subarray(0, at % bytes.length))).toBe(true);
      }),
    );
  });
});
