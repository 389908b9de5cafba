import { dayOfDocument, pipelineOfDocument } from '../keys/processed-keys';
import type { Pipeline } from '../pipeline/pipeline';
import type { DaySpan } from '../planning/asked-days';
import type { Holders } from '../ports/holders';
import type { ObjectStore } from '../ports/object-store';
import type { TableReader } from '../ports/table-reader';
import type { Day } from '../time/day';

/** What is to be verified, and with what. */
export interface VerifyParts {
  readonly raw: ObjectStore;
  readonly processed: ObjectStore;
  readonly reader: TableReader;
  readonly holders: Holders;
  /** Reference instant, milliseconds since the epoch. */
  readonly now: number;
  /** Of one pipeline alone, whose tables then say what types and units its files must have; of all when left out. */
  readonly pipeline?: Pipeline;
  /** Of these days alone; of all when left out. */
  readonly span?: DaySpan;
  /** Whether what can be put right without asking the source is put right. */
  readonly repair: boolean;
  readonly signal?: AbortSignal;
}

/** A pipeline's date. */
export interface DatePlace {
  readonly pipeline: string;
  readonly day: Day;
}

export function isAsked({ pipeline, span }: VerifyParts, place: DatePlace): boolean {
  return isAskedPipeline(pipeline, place.pipeline) && overlaps(span, { from: place.day, to: place.day });
}

export function isAskedPipeline(asked: VerifyParts['pipeline'], name: string): boolean {
  return asked === undefined || asked.name === name;
}

export function overlaps(span: DaySpan | undefined, { from, to }: DaySpan): boolean {
  return span === undefined || (from <= span.to && span.from <= to);
}

/** The date as text, for sets of dates. */
export function dateName({ pipeline, day }: DatePlace): string {
  return `${pipeline}/${day}`;
}

/** The pipeline and day of a manifest's or a lease's key. */
export function placeOfDocument(key: string): DatePlace | undefined {
  const [pipeline, day] = [pipelineOfDocument(key), dayOfDocument(key)];
  return pipeline === undefined || day === undefined ? undefined : { pipeline, day };
}
