import fc from 'fast-check';
import { decodeAnswer } from '../../../../core/decode/decode-answer';

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });

/** Any text that the grammar of JSON calls a number. */
const numberText = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.constantFrom(...'123456789'), digits(0, 24)).map((parts) => parts.join('')),
    ),
    fc.option(digits(1, 30), { nil: undefined }),
    fc.option(fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-', 'e-'), digits(1, 3)), { nil: undefined }),
  )
  .map(
    ([sign, whole, decimals, exponent]) =>
      sign + whole + (decimals === undefined ? '' : `.${decimals}`) + (exponent?.join('') ?? ''),
  );

/** Numbers as they are usual: few digits, few decimals. */
const usualText = fc
  .tuple(fc.constantFrom('', '-'), fc.nat(12_000), fc.nat(9_999), fc.integer({ min: 0, max: 4 }))
  .map(([sign, whole, fraction, decimals]) => {
    const shown = String(fraction).padStart(4, '0').slice(0, decimals);
    return `${sign}${whole}${decimals === 0 ? '' : `.${shown}`}`;
  });

const doubleText = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);

function decodeNumbers(texts: readonly string[]): Float64Array {
  const times = texts.map((_, row) => row);
  const body = new TextEncoder().encode(`{"hourly":{"a":[${texts.join()}],"time":[${times}]}}`);
  return decodeAnswer(body, { hourly: { a: 'number' } })[0]!
    .sections.get('hourly')!
    .columns.get('a')!.values as Float64Array;
}

test('any number is to the bit what JSON.parse makes of it', () => {
  const finite = fc
    .oneof(numberText, usualText, doubleText)
    .filter((text) => Number.isFinite(JSON.parse(text)));

  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 40 }), (texts) => {
      const values = decodeNumbers(texts);

      expect(texts.filter((text, row) => !Object.is(values[row], JSON.parse(text)))).toEqual([]);
    }),
    { seed: 20260101, numRuns: 2000 },
  );
});

test.each([
  ...['0', '-0', '-0.0', '0.0', '5.40', '100', '-0.4', '123456789', '1234567890', '-999999999', '9999999999'],
  ...['0.1', '0.30000000000000004', '12345678.9', '123456789.1', '1.23456789', '1.234567891', '0.000001'],
  ...['9007199254740991', '9007199254740992', '9007199254740993', '900719925474.0993', '0.9007199254740993'],
  ...['1e5', '1E5', '1e+5', '1e-5', '-1.5e-7', '1e22', '1e23', '1.7976931348623157e308', '5e-324', '2e-324'],
  ...[
    '0e999',
    '-0e-999',
    '1e-400',
    '0.00000000000000000000001',
    `1${'0'.repeat(300)}`,
    `0.${'0'.repeat(400)}1`,
  ],
  '179769313486231580793728971405301e276',
  `2${'.'}${'5'.repeat(2000)}`,
])('%s is what JSON.parse makes of it, wherever it stands', (text) => {
  const expected = JSON.parse(text) as number;

  const values = decodeNumbers([text, '1.5', text]);

  expect(Object.is(values[0], expected)).toBe(true);
  expect(Object.is(values[2], expected)).toBe(true);
});
