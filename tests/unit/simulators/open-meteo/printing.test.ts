import fc from 'fast-check';
import { ByteWriter, formatFixed } from '../../../../simulators/open-meteo/byte-writer';
import { float32Text, gridCentre } from '../../../../simulators/open-meteo/float32';

const PLAIN = { decimals: 1, factor: 1, offset: 0 };

function written(fill: (writer: ByteWriter) => void): string {
  const writer = new ByteWriter();
  fill(writer);
  return Buffer.concat(writer.take(true)).toString();
}

describe('fixed decimals', () => {
  it.each([
    [5.4, 2, '5.40'],
    [0, 2, '0.00'],
    [-0.04, 1, '-0.0'],
    [-0, 1, '-0.0'],
    [0.05, 2, '0.05'],
    [999.95, 1, '1000.0'],
    [3, 0, '3'],
    [-12.34, 1, '-12.3'],
    [24_140, 2, '24140.00'],
    [Number.NaN, 1, 'null'],
  ])('prints %p with %p decimals as %p', (value, decimals, text) => {
    expect(formatFixed(value, { decimals, factor: 1, offset: 0 })).toBe(text);
  });

  it('reads back as the number rounded, whatever the number', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 3 }), (value, decimals) => {
        const text = formatFixed(value, { decimals, factor: 1, offset: 0 });

        expect(text).toMatch(decimals === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${decimals}}$`));
        expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9);
      }),
    );
  });
});

describe('byte writer', () => {
  it('prints a column with factor and offset, null for NaN, and no more than asked', () => {
    const celsius = Float64Array.of(0, Number.NaN, 100, 7);

    const text = written((writer) => writer.column(celsius, 3, { decimals: 1, factor: 1.8, offset: 32 }));

    expect(text).toBe('[32.0,null,212.0]');
  });

  it('prints an empty column', () => {
    expect(written((writer) => writer.column(new Float64Array(0), 0, PLAIN))).toBe('[]');
  });

  it('loses and repeats nothing over many buffers', () => {
    const values = Float64Array.from({ length: 300_000 }, (_, index) => index / 10);

    const text = written((writer) => {
      writer.text('{"a":');
      writer.column(values, values.length, PLAIN);
      writer.text('}');
    });

    expect(JSON.parse(text)).toEqual({ a: Array.from(values) });
  });
});

describe('32-bit floats', () => {
  it.each([
    [5, '5.0'],
    [-0.25, '-0.25'],
    [52.1, '52.1'],
    [4.8999996, '4.8999996'],
  ])('prints %p as the server would', (value, text) => {
    expect(float32Text(value)).toBe(text);
  });

  it('prints what reads back as the same 32-bit float', () => {
    fc.assert(
      fc.property(fc.float({ min: -180, max: 180, noNaN: true }), (value) => {
        expect(Math.fround(Number(float32Text(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('puts a coordinate into a cell that is at most half a cell away', () => {
    fc.assert(
      fc.property(fc.double({ min: -180, max: 180, noNaN: true }), (longitude) => {
        expect(Math.abs(gridCentre(longitude, -180, 0.1) - longitude)).toBeLessThan(0.0501);
      }),
    );
  });
});
