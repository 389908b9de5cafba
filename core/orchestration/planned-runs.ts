import { StorageError } from '../errors';
import { readDocument } from '../json-document';
import { parsePipelineObject } from '../pipeline/pipeline-object';
import type { ObjectStore } from '../ports/object-store';
import { RawArchive } from '../raw/raw-archive';
import { planKeys } from './run-keys';
import { type PlannedRun, runPlanSchema } from './run-plan';

/** Runs that one process is busy with, one after the other or in turns. */
const RUNS_HELD = 4;

export interface OpenRun extends PlannedRun {
  readonly archive: RawArchive;
}

/** The plans of one pipeline's runs. A plan does not change while its run is under way, so the last ones read are held. */
export class PlannedRuns {
  private readonly held = new Map<string, Promise<OpenRun>>();

  constructor(
    private readonly raw: ObjectStore,
    private readonly processed: ObjectStore,
    /** Name of the pipeline. */
    private readonly pipeline: string,
  ) {}

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
    const keys = planKeys({ pipeline: this.pipeline, runId });
    const [planned, deployed] = [
      await this.processed.get(keys.plan),
      await this.processed.get(keys.pipeline),
    ];
    if (planned === undefined || deployed === undefined) throw noSuchRun(keys.plan, runId);
    const plan = readDocument(planned.body, runPlanSchema, keys.plan);
    const pipeline = parsePipelineObject(deployed.body, keys.pipeline);
    return { plan, pipeline, archive: new RawArchive(this.raw, pipeline.name, plan.live) };
  }
}

function noSuchRun(key: string, runId: string): StorageError {
  return new StorageError(`The plan ${key} is not there; it was swept, or never written. Start a new run.`, {
    context: { key, run_id: runId },
  });
}
