import fc from 'fast-check';
import { ConfigError } from '../../../core/errors';
import { parseJsonText } from '../../../core/json-text';

function placeOf(text: string): string | undefined {
  try {
    parseJsonText(text, 'x is not JSON:');
  } catch (error) {
    if (error instanceof ConfigError) return error.problems[0]?.path;
    throw error;
  }
  return undefined;
}

function errorOf(text: string): ConfigError {
  try {
    parseJsonText(text, 'x is not JSON:');
  } catch (error) {
    return error as ConfigError;
  }
  throw new Error('The text was taken.');
}

describe('parseJsonText', () => {
  it.each([
    ['', 'line 1, column 1'],
    ['{', 'line 1, column 2'],
    ['{"a": 1,}', 'line 1, column 9'],
    ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3'],
    ['{\r\n  "a": [1, 2\r\n}', 'line 3, column 1'],
    ['{"ü€😀": nope}', 'line 1, column 10'],
    ["{'a': 1}", 'line 1, column 2'],
    ['{"a": 1} x', 'line 1, column 10'],
    ['{"a": 01}', 'line 1, column 7'],
  ])('says where %j stops being JSON', (text, place) => {
    expect(placeOf(text)).toBe(place);
  });

  it('passes over a byte order mark', () => {
    expect(parseJsonText('\ufeff{"a": 1}', '')).toEqual({ a: 1 });
  });

  it.each([
    ['arrays', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['arrays that do not close', '['.repeat(20_000)],
    ['objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ])('refuses %s nested 20,000 deep with a sentence', (_what, text) => {
    const error = errorOf(text);

    expect(error).toBeInstanceOf(ConfigError);
    expect(error.problems).toMatchObject([
      {
        path: expect.stringMatching(/^line 1, column \d+$/),
        message: expect.stringContaining('deeper than 64'),
      },
    ]);
    expect(error.message.length).toBeLessThan(500);
  });

  it('refuses every key that stands twice in one object, at its path, and names both places', () => {
    const text = '{\n  "a": 1,\n  "b": [{ "c": 1, "\\u0063": 2 }],\n  "a": 3,\n  "d": { "a": 1, "c": 1 }\n}';

    expect(errorOf(text).problems).toEqual([
      { path: 'b[0].c', message: expect.stringContaining('line 3, column 11 and line 3, column 19') },
      { path: 'a', message: expect.stringContaining('line 2, column 3 and line 4, column 3') },
    ]);
  });

  it('takes what JSON.parse takes, and names a place within the text for the rest', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', 'x', '\n'))
      .map(([json, at, put]) => json.slice(0, at % json.length) + put + json.slice((at % json.length) + 1));
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken), (text) => {
        const place = placeOf(text);
        if (place === undefined) {
          expect(parseJsonText(text, '')).toEqual(JSON.parse(text));
          return;
        }
        const [, line, column] = /line (\d+), column (\d+)/.exec(place)!;
        const lines = text.split('\n');
        expect(() => JSON.parse(text)).toThrow(SyntaxError);
        expect(Number(column)).toBeLessThanOrEqual(lines[Number(line) - 1]!.length + 1);
      }),
    );
  });
});
