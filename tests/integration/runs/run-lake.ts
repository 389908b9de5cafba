import { MemoryObjectStore } from '../../../adapters/memory/memory-object-store';
import { OpenMeteoSource } from '../../../adapters/open-meteo/open-meteo-source';
import type { OpenMeteoSettings } from '../../../adapters/open-meteo/settings';
import { sha256 } from '../../../core/hash';
import { readManifest } from '../../../core/manifest/manifest-store';
import type { Pipeline } from '../../../core/pipeline/pipeline';
import type { Clock } from '../../../core/ports/clock';
import { type LogFields, type Logger, SILENT_LOGGER } from '../../../core/ports/logger';
import type { ObjectStore } from '../../../core/ports/object-store';
import type { RunOptions, RunParts, RunReport } from '../../../core/runs/run-parts';
import type { Day } from '../../../core/time/day';
import { PARQUET_ENCODER } from '../../lake/parquet-encoder';
import { smallPipeline } from '../../lake/small-pipeline';
import { objectsUnder, runOptions, visibleObjects } from '../../lake/test-lake';
import { SteadySource } from '../../open-meteo/steady-source';
import { HookedStore } from './hooked-store';

export interface RunLakeSetup {
  readonly sourceUrl: string;
  readonly clock: Clock;
  readonly settings?: Partial<OpenMeteoSettings>;
  /** Bucket of raw answers; in memory when left out. */
  readonly raw?: ObjectStore;
  /** Whether the same question is answered by the same bytes. Default: false, as the real source has it. */
  readonly steady?: boolean;
}

/** Where the source must not be asked: whoever does fails the test. */
const NOBODY: RunParts['source'] = {
  describe: () => {
    throw new Error('The source was asked to describe a request.');
  },
  fetch: () => {
    throw new Error('The source was asked.');
  },
};

let runs = 0;

/** A lake in memory with hooks in both buckets, over which the real use cases run. */
export class RunLake {
  readonly raw: HookedStore;
  readonly processed: HookedStore;
  private readonly source: RunParts['source'];
  readonly warnings: { message: string; fields: LogFields | undefined }[] = [];
  private readonly logger: Logger = {
    ...SILENT_LOGGER,
    warn: (message, fields) => void this.warnings.push({ message, fields }),
  };

  constructor(private readonly setup: RunLakeSetup) {
    const { sourceUrl, clock, settings, steady = false } = setup;
    this.raw = new HookedStore(setup.raw ?? new MemoryObjectStore(clock));
    this.processed = new HookedStore(new MemoryObjectStore(clock));
    const own = { plan: 'free', sourceUrl, timeoutSeconds: 60, ...settings } as const;
    const source = new OpenMeteoSource(own, { clock, logger: this.logger });
    this.source = steady ? new SteadySource(source, clock) : source;
  }

  parts(pipeline: Pipeline = smallPipeline()): RunParts {
    return {
      pipeline,
      raw: this.raw,
      processed: this.processed,
      source: this.source,
      encoder: PARQUET_ENCODER,
      clock: this.setup.clock,
      holders: { self: `run-${++runs}`, isGone: () => false },
      logger: this.logger,
      codeVersion: 'test',
    };
  }

  /** The same lake without a source. */
  offline(pipeline?: Pipeline): RunParts {
    return { ...this.parts(pipeline), source: NOBODY };
  }

  /** Hashes of the table and quarantine objects, by key. */
  async visible(): Promise<Record<string, string>> {
    const objects = await visibleObjects(this.processed);
    return Object.fromEntries([...objects].map(([key, bytes]) => [key, sha256(bytes)]));
  }

  manifest(day: Day, pipeline = 'small') {
    return readManifest(this.processed, pipeline, day);
  }

  async keys(prefix = ''): Promise<string[]> {
    return [...(await objectsUnder(this.processed, prefix)).keys()];
  }

  /** Keys of the bodies in raw. */
  async bodies(): Promise<string[]> {
    return [...(await objectsUnder(this.raw, '')).keys()].filter((key) => key.endsWith('.json.gz'));
  }

  /** As if the whole processed bucket were lost. */
  async loseProcessed(): Promise<void> {
    for (const key of await this.keys()) await this.processed.delete(key);
  }
}

export function nextRun(extra: Partial<RunOptions> = {}): RunOptions {
  return runOptions(`run-${++runs}`, extra);
}

/** How each date ended; of a failed one the name of its error. */
export function outcomes({ dates }: RunReport): Record<string, string> {
  return Object.fromEntries(
    dates.map((date) => [date.day, date.outcome === 'failed' ? date.error.name : date.outcome]),
  );
}
