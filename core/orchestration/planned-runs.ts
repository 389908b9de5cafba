import { StorageError } from '../errors';
import { readDocument } from '../json-document';
import { parsePipelineObject } from '../pipeline/pipeline-object';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import { RawArchive } from '../raw/raw-archive';
import { planKeys } from './run-keys';
import { type PlannedRun, runPlanSchema } from './run-plan';

/** Runs that one process is busy with, one after the other or in turns. */
const RUNS_HELD = 4;

export interface OpenRun extends PlannedRun {
  readonly archive: RawArchive;
}

export interface PlannedRunsParts {
  readonly raw: ObjectStore;
  readonly processed: ObjectStore;
  /** Name of the pipeline. */
  readonly pipeline: string;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** The plans of one pipeline's runs. A plan does not change while its run is under way, so the last ones read are held. */
export class PlannedRuns {
  private readonly held = new Map<string, Promise<OpenRun>>();

  constructor(private readonly parts: PlannedRunsParts) {}

  /** @throws StorageError when there is no such run */
  read(runId: string): Promise<OpenRun> {
    const known = this.held.get(runId) ?? this.open(runId);
    this.held.delete(runId);
    this.held.set(runId, known);
    // The store may answer the next one who asks.
    known.catch(() => this.held.delete(runId));
    const [longestUnused] = this.held.keys();
    if (this.held.size > RUNS_HELD) this.held.delete(longestUnused!);
    return known;
  }

  private async open(runId: string): Promise<OpenRun> {
    const { raw, processed, clock, logger } = this.parts;
    const keys = planKeys({ pipeline: this.parts.pipeline, runId });
    const [planned, deployed] = [await processed.get(keys.plan), await processed.get(keys.pipeline)];
    if (planned === undefined || deployed === undefined) throw noSuchRun(keys.plan, runId);
    const plan = readDocument(planned.body, runPlanSchema, keys.plan);
    const pipeline = parsePipelineObject(deployed.body, keys.pipeline);
    const archive = new RawArchive(raw, pipeline.name, { clock, logger, ignoresSimulated: plan.live });
    return { plan, pipeline, archive };
  }
}

function noSuchRun(key: string, runId: string): StorageError {
  return new StorageError(`The plan ${key} is not there; it was swept, or never written. Start a new run.`, {
    context: { key, run_id: runId },
  });
}
