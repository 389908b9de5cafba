import fc from 'fast-check';
import { compatibleUnits, convert, findConversion } from '../../../../core/units/conversion';
import { UNIT_CATALOGUE } from '../../../../core/units/unit-catalogue';

const UNITS = UNIT_CATALOGUE.map(({ unit }) => unit);
const PAIRS = UNITS.flatMap((from) => compatibleUnits(from).map((to) => [from, to] as const));

function converted(value: number, from: string, to: string): number {
  const conversion = findConversion(from, to);
  if (conversion === undefined) throw new Error(`${from} to ${to} is not known`);
  return conversion === null ? value : convert(value, conversion);
}

describe('findConversion', () => {
  test.each([
    [32, '°F', 0, '°C'],
    [212, '°F', 100, '°C'],
    [-40, '°F', -40, '°C'],
    [140, '°F', 60, '°C'],
    [-139, '°F', -95, '°C'],
    [0, 'K', -273.15, '°C'],
    [1, 'mp/h', 0.44704, 'm/s'],
    [1, 'mph', 0.44704, 'm/s'],
    [3.6, 'km/h', 1, 'm/s'],
    [378, 'km/h', 105, 'm/s'],
    [3_600, 'kn', 1_852, 'm/s'],
    [1, 'kn', 1.852, 'km/h'],
    [1, 'inch', 25.4, 'mm'],
    [1, 'inch', 2.54, 'cm'],
    [1, 'ft', 0.3048, 'm'],
    [12, 'inch', 1, 'ft'],
    [1, 'cm', 10, 'mm'],
    [1, 'kPa', 10, 'hPa'],
    [101_325, 'Pa', 1_013.25, 'hPa'],
    [1e6, 'ppm', 1, 'fraction'],
    [50, '%', 0.5, 'fraction'],
    [1, '%', 10_000, 'ppm'],
    [1, 'h', 3_600, 's'],
    [1, 'kWh/m²', 3.6, 'MJ/m²'],
    [1, 'mg/m³', 1_000, 'μg/m³'],
  ])('%d %s are %d %s', (value, from, expected, to) => {
    expect(converted(value, from, to)).toBeCloseTo(expected, 9);
  });

  test.each([
    [32, '°F', 0, '°C'],
    [1, 'mp/h', 0.44704, 'm/s'],
    [3.6, 'km/h', 1, 'm/s'],
    [1, 'inch', 25.4, 'mm'],
  ])('%d %s are exactly %d %s', (value, from, expected, to) => {
    expect(converted(value, from, to)).toBe(expected);
  });

  test('there and back again gives the value, for every pair of units of one quantity', () => {
    expect(PAIRS.length).toBeGreaterThan(UNITS.length);
    fc.assert(
      fc.property(
        fc.constantFrom(...PAIRS),
        fc.double({ min: -1e4, max: 1e4, noNaN: true }),
        (pair, value) => {
          const [from, to] = pair;
          const scale = Math.max(1, Math.abs(value), Math.abs(converted(value, from, to)));
          const back = converted(converted(value, from, to), to, from);
          expect(Math.abs(back - value) / scale).toBeLessThan(1e-11);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('the way over a third unit leads to the same value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PAIRS),
        fc.double({ min: -100, max: 100, noNaN: true }),
        ([from, to], value) => {
          for (const over of compatibleUnits(from)) {
            const direct = converted(value, from, to);
            const round = converted(converted(value, from, over), over, to);
            expect(Math.abs(round - direct)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(direct)));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('null, as missing values are, stays null: NaN converts to NaN', () => {
    for (const [from, to] of PAIRS) expect(converted(Number.NaN, from, to)).toBeNaN();
  });

  test('nothing is to be done for a unit and itself, known or not', () => {
    for (const unit of [...UNITS, 'wmo code', '', 'grains/m³', 'undefined'])
      expect(findConversion(unit, unit)).toBeNull();
  });

  test('two spellings of one unit are the same: the micro sign and the Greek mu', () => {
    expect(findConversion('\u00b5g/m³', '\u03bcg/m³')).toBeNull();
    expect(findConversion('mph', 'mp/h')).toBeNull();
  });

  test.each([
    ['°C', 'm/s'],
    ['undefined', '°C'],
    ['°C', 'undefined'],
    ['', '%'],
    ['wmo code', 'fraction'],
    ['W/m²', 'MJ/m²'],
    ['grains/m³', 'μg/m³'],
    ['°c', '°C'],
    ['constructor', 'toString'],
  ])('%j to %j is not known', (from, to) => {
    expect(findConversion(from, to)).toBeUndefined();
  });
});

describe('compatibleUnits', () => {
  test('are those of the same quantity, the unit itself included', () => {
    expect(compatibleUnits('°F')).toEqual(['°C', '°F', 'K']);
    expect(compatibleUnits('wmo code')).toEqual(['wmo code']);
  });

  test('no unit is in the catalogue twice', () => {
    expect(new Set(UNITS).size).toBe(UNITS.length);
  });
});
