import { hash, unit } from './noise';
import { hourAngleCosine } from './sun';

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** The lasting traits of a point's climate. */
export interface Site extends Point {
  /** Of all its noise. */
  readonly key: number;
  /** Metres; temperatures and pressures are those of this height. */
  readonly elevation: number;
  /** °C, mean of the year. */
  readonly meanTemperature: number;
  /** °C that summer lies above the mean. */
  readonly seasonal: number;
  /** °C by the hour of the UTC day, under a clear sky. */
  readonly diurnal: Float64Array;
  /** °C of weather systems. */
  readonly restless: number;
  /** m/s of weather systems. */
  readonly windiness: number;
  /** mm/h of heavy rain. */
  readonly wetness: number;
}

const LAPSE = 0.0065;
const LOWEST = -450;
const HIGHEST = 8900;
const WARMEST_HOUR_LAG = 3;

/** Metres above sea level at a point: mostly low, seldom high. */
export function elevationOf({ latitude, longitude }: Point, seed: number): number {
  return Math.round(2 + 1400 * unit(seed, Math.round(latitude * 100), Math.round(longitude * 100)) ** 3);
}

/** @param cell the grid cell, whose noise it is; @param elevation of the point asked for */
export function makeSite(cell: Point, elevation: number, seed: number): Site {
  const { latitude, longitude } = cell;
  const key = hash(seed, Math.round(latitude * 1000), Math.round(longitude * 1000));
  const trait = (channel: number, low: number, high: number) => low + (high - low) * unit(key, channel, 0);
  const polar = Math.abs(latitude) / 90;
  const height = Math.min(HIGHEST, Math.max(LOWEST, elevation));
  return {
    latitude,
    longitude,
    key,
    elevation: height,
    meanTemperature: 27.5 - 55 * polar * polar - LAPSE * height,
    seasonal: (1 + 20 * polar) * trait(101, 0.6, 1.15) * (latitude < 0 ? -1 : 1),
    diurnal: diurnalCycle(longitude, trait(102, 2.5, 6) * (1 - 0.5 * polar)),
    restless: 1.5 + 4.5 * polar,
    windiness: trait(103, 2, 6),
    wetness: trait(104, 4, 16) * (1 - 0.6 * polar),
  };
}

function diurnalCycle(longitude: number, amplitude: number): Float64Array {
  return Float64Array.from(
    { length: 24 },
    (_, hour) => amplitude * hourAngleCosine(hour - WARMEST_HOUR_LAG, longitude),
  );
}
