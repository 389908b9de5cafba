/** How a unit relates to the base unit of its quantity: base = (value + shift) * numerator / denominator. */
export interface UnitRow {
  readonly unit: string;
  readonly quantity: string;
  readonly shift: number;
  readonly numerator: number;
  readonly denominator: number;
}

const row = (quantity: string, unit: string, numerator = 1, denominator = 1, shift = 0): UnitRow => ({
  unit,
  quantity,
  shift,
  numerator,
  denominator,
});

/** Unit strings as the source spells them (`mp/h`, Greek mu), and other spellings that answers and pipelines use. */
export const UNIT_CATALOGUE: readonly UnitRow[] = [
  row('temperature', '°C'),
  row('temperature', '°F', 5, 9, -32),
  row('temperature', 'K', 1, 1, -273.15),
  row('speed', 'm/s'),
  row('speed', 'km/h', 1, 3.6),
  row('speed', 'mp/h', 0.44704),
  row('speed', 'mph', 0.44704),
  row('speed', 'kn', 1852, 3600),
  row('length', 'm'),
  row('length', 'mm', 1, 1000),
  row('length', 'cm', 1, 100),
  row('length', 'km', 1000),
  row('length', 'inch', 0.0254),
  row('length', 'ft', 0.3048),
  row('pressure', 'hPa'),
  row('pressure', 'kPa', 10),
  row('pressure', 'Pa', 1, 100),
  row('share', 'fraction'),
  row('share', '%', 1, 100),
  row('share', 'ppm', 1, 1e6),
  row('share', 'ppb', 1, 1e9),
  row('duration', 's'),
  row('duration', 'seconds'),
  row('duration', 'min', 60),
  row('duration', 'h', 3600),
  row('energy per area', 'MJ/m²'),
  row('energy per area', 'J/m²', 1, 1e6),
  row('energy per area', 'kWh/m²', 3.6),
  row('power per area', 'W/m²'),
  row('mass per volume', 'μg/m³'),
  row('mass per volume', 'µg/m³'),
  row('mass per volume', 'mg/m³', 1000),
];
