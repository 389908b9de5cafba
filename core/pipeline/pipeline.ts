import type * as z from 'zod';
import type { Section } from '../model/source';
import type { Day } from '../time/day';
import type { locationSchema } from './location-schema';
import type { recordedSchema, windowSchema } from './schema';
import type { sourceSchema } from './source-schema';

/** The chunk size is the file's, or what fits. */
export type SourceSettings = z.output<typeof sourceSchema> & { readonly locations_per_request: number };
export type WindowSettings = z.output<typeof windowSchema>;
export type RecordedSettings = z.output<typeof recordedSchema>;

/** A location with its place in the pipeline and the day it keeps. */
export interface Location extends z.output<typeof locationSchema> {
  /** Position in the pipeline, counted from 1. */
  readonly number: number;
  /** Whole hours east of UTC of the location's standard-time day. */
  readonly offsetHours: number;
}

/** What a day is in a table; sections finer than a day are always cut at UTC midnight. */
export type DayRule = 'standard' | 'utc' | 'as_received';

export type PipelineColumnType = 'float32' | 'float64' | 'int32' | 'timestamp' | 'string';

export interface Column {
  /** Column of the answer. */
  readonly source: string;
  /** Variable that is asked for to get it: without member and model suffix. */
  readonly variable: string;
  readonly name: string;
  readonly type: PipelineColumnType;
  readonly unit: string;
  readonly standardName?: string;
  readonly cellMethod?: string;
  /** In the unit of the column, both ends included. */
  readonly range?: readonly [number, number];
  readonly maxNullShare: number;
  readonly maxRejectedShare: number;
  /** Name of the column whose null says that this value covers only part of the day. */
  readonly witness?: string;
}

export interface Table {
  readonly name: string;
  readonly section: Section;
  readonly day: DayRule;
  /** From row to row; `undefined` for sections without a fixed grid. */
  readonly stepSeconds: number | undefined;
  readonly columns: readonly Column[];
}

/** A pipeline file that holds no mistake, with every default filled in. */
export interface Pipeline {
  readonly name: string;
  readonly schemaVersion: number;
  readonly source: SourceSettings;
  readonly locations: readonly Location[];
  readonly window: WindowSettings;
  /** First day that the tables have in Athena. Earlier days are published as well. */
  readonly earliestDay: Day;
  readonly tables: readonly Table[];
  readonly recorded: RecordedSettings;
}

const DAY_SECTIONS: ReadonlySet<Section> = new Set(['daily', 'weekly', 'monthly']);
const REQUESTED_SECTIONS: ReadonlySet<Section> = new Set(['minutely_15', 'hourly', 'daily']);

/** Whether rows of the section are calendar days and not instants. */
export function isDaySection(section: Section): boolean {
  return DAY_SECTIONS.has(section);
}

/** Whether days of the section can be asked for; the others (`current`, `weekly`, ...) come from recorded answers only. */
export function isRequestedSection(section: Section): boolean {
  return REQUESTED_SECTIONS.has(section);
}

/** Sections that requests are made for, in the order of the tables. */
export function requestedSections(pipeline: Pipeline): Section[] {
  return allSections(pipeline).filter(isRequestedSection);
}

/** Every section that a table is read from, in the order of the tables. */
export function allSections(pipeline: Pipeline): Section[] {
  return [...new Set(pipeline.tables.map((table) => table.section))];
}

/** The section whose answers say where its locations lie. */
export function locationsSection(pipeline: Pipeline): Section {
  return requestedSections(pipeline)[0] ?? pipeline.tables[0]!.section;
}

export function tablesOf(pipeline: Pipeline, section: Section): Table[] {
  return pipeline.tables.filter((table) => table.section === section);
}
