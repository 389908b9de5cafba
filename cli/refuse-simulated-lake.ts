import { ConfigError } from '../core/errors';
import type { Pipeline } from '../core/pipeline/pipeline';
import type { ObjectStore } from '../core/ports/object-store';
import { lakeStatus } from '../core/status/lake-status';
import { plural } from './text/quantities';

export interface LakeForLiveData {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  readonly lake: string;
  readonly now: number;
}

/**
 * Live data keeps away from a simulator's: a backfill would skip simulated days as published, and a request that fails
 * would be answered from simulated raw objects.
 *
 * @throws ConfigError when the lake holds simulated days of the pipeline
 */
export async function refuseSimulatedLake({ lake, ...question }: LakeForLiveData): Promise<void> {
  const { simulated, pipeline } = await lakeStatus(question);
  if (simulated.length === 0) return;
  const days = simulated.reduce((sum, range) => sum + range.days, 0);
  throw new ConfigError('Real weather does not go among simulated days:', [
    {
      path: '--lake',
      message: `the lake holds ${plural(days, 'simulated day')} of ${pipeline}; name another one, or remove it`,
      received: lake,
    },
  ]);
}
