import type { Day } from '../time/day';
import type { ApiName, Section } from './source';

/** A location as a request asks for it. */
export interface RequestLocation {
  /** The pipeline's own name of the location. */
  readonly id: string;
  /** `location_id` sent to the source and checked in its answer: position in the pipeline, counted from 1. */
  readonly number: number;
  /** Degrees north, WGS 84. */
  readonly latitude: number;
  /** Degrees east, WGS 84. */
  readonly longitude: number;
  /** Metres above sea level; the source looks it up when absent. */
  readonly elevation?: number;
  /** Time zone name sent to the source; GMT when absent. */
  readonly timezone?: string;
}

/** One question to the source: one section, one chunk of locations, one run of days. */
export interface WeatherRequest {
  /** Hash of everything asked, hex. The same question has the same id on every machine and day. */
  readonly id: string;
  readonly api: ApiName;
  readonly models: readonly string[];
  readonly section: Section;
  /** The API's variables, in the pipeline's order, without duplicates. */
  readonly variables: readonly string[];
  /** Step of the hourly rows, as the source calls it; absent where it gives that step without being told. */
  readonly temporalResolution?: string;
  /** Unit parameters such as `wind_speed_unit: ms`. */
  readonly unitParameters: Readonly<Record<string, string>>;
  readonly chunk: number;
  readonly locations: readonly RequestLocation[];
  /** First and last day asked for, both included. */
  readonly from: Day;
  readonly to: Day;
  /** Calls that the source's quota counts for it. */
  readonly weight: number;
}
