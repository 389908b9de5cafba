import type { IngestError } from '../errors';
import type { Section } from '../model/source';
import type { Pipeline } from '../pipeline/pipeline';
import type { Chunk } from '../planning/chunks';
import type { DaySource } from '../planning/source-rule';
import type { ObjectStore } from '../ports/object-store';
import type { TableEncoder } from '../ports/table-encoder';
import type { Day } from '../time/day';
import type { PickedSlice } from './indexed-answers';

/** Where staged objects go and how they are made. */
export interface StagingParts {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  readonly encoder: TableEncoder;
  readonly runId: string;
}

/** One section and chunk of a date, with the rows picked for each location that has any. */
export interface DayToStage {
  readonly day: Day;
  readonly section: Section;
  readonly chunk: Chunk;
  readonly source: DaySource;
  readonly picked: readonly PickedSlice[];
  /** False when the request failed and no raw object took its place, or none for some of the locations. */
  readonly answered: boolean;
  /** Why the run's own request failed, or else why an answer kept before is of no use. */
  readonly failure?: IngestError | undefined;
}
