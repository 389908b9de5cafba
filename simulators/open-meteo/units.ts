/** What the caller asked for; the server's defaults otherwise. */
export interface UnitSystem {
  readonly temperature: 'celsius' | 'fahrenheit';
  readonly wind: 'kmh' | 'ms' | 'mph' | 'kn';
  readonly precipitation: 'mm' | 'inch';
}

export const DEFAULT_UNITS: UnitSystem = { temperature: 'celsius', wind: 'kmh', precipitation: 'mm' };

/** Answered value = factor x value in the catalogue's unit + offset. */
export interface Conversion {
  readonly unit: string;
  readonly factor: number;
  readonly offset: number;
}

const WIND: Readonly<Record<UnitSystem['wind'], Conversion>> = {
  ms: { unit: 'm/s', factor: 1, offset: 0 },
  kmh: { unit: 'km/h', factor: 3.6, offset: 0 },
  mph: { unit: 'mp/h', factor: 2.236936, offset: 0 },
  kn: { unit: 'kn', factor: 1.943844, offset: 0 },
};
const FAHRENHEIT: Conversion = { unit: '°F', factor: 1.8, offset: 32 };
/** Asking for inches changes every length, heights and waves too. */
const IMPERIAL: Readonly<Record<string, Conversion>> = {
  mm: { unit: 'inch', factor: 1 / 25.4, offset: 0 },
  cm: { unit: 'inch', factor: 1 / 2.54, offset: 0 },
  m: { unit: 'ft', factor: 1 / 0.3048, offset: 0 },
};

export function convert(unit: string, system: UnitSystem): Conversion {
  if (unit === 'm/s') return WIND[system.wind];
  if (unit === '°C' && system.temperature === 'fahrenheit') return FAHRENHEIT;
  const imperial = system.precipitation === 'inch' ? IMPERIAL[unit] : undefined;
  return imperial ?? { unit, factor: 1, offset: 0 };
}

const DECIMALS: Readonly<Record<string, number>> = {
  '%': 0,
  '°': 0,
  '': 0,
  'wmo code': 0,
  EAQI: 0,
  USAQI: 0,
  ppm: 0,
  mm: 2,
  inch: 3,
  cm: 2,
  m: 2,
  ft: 2,
  'm/s': 2,
  s: 2,
  kPa: 2,
  'MJ/m²': 2,
  'm³/s': 2,
  'm³/m³': 3,
};

/** Decimals that the server prints, always all of them. */
export function decimalsOf(unit: string): number {
  return DECIMALS[unit] ?? 1;
}
