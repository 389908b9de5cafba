import { ConfigError } from '../core/errors';
import type { Pipeline } from '../core/pipeline/pipeline';
import type { ObjectStore } from '../core/ports/object-store';
import { type LakeStatus, lakeStatus } from '../core/status/lake-status';
import { plural } from './text/quantities';

export interface LakeToWrite {
  readonly pipeline: Pipeline;
  readonly processed: ObjectStore;
  readonly lake: string;
  readonly now: number;
}

/**
 * Real weather keeps away from a simulator's: a backfill would skip simulated days as published, and a request that fails
 * would be answered from simulated raw objects.
 *
 * @throws ConfigError when the lake holds simulated days of the pipeline
 */
export async function refuseSimulatedDays({ lake, ...question }: LakeToWrite): Promise<void> {
  const status = await lakeStatus(question);
  const days = simulatedDays(status);
  if (days === 0) return;
  throw new ConfigError('Real weather does not go among simulated days:', [
    {
      path: '--lake',
      message: `the lake holds ${plural(days, 'simulated day')} of ${status.pipeline}; name another one, or remove it`,
      received: lake,
    },
  ]);
}

/**
 * What a simulator made up would take the place of real weather.
 *
 * @throws ConfigError when the lake holds days of the pipeline that are not simulated
 */
export async function refuseRealDays({ lake, ...question }: LakeToWrite): Promise<void> {
  const days = await realDays(question);
  if (days === 0) return;
  throw new ConfigError('Simulated weather does not go among real days:', [
    {
      path: '--lake',
      message: `the lake holds ${plural(days, 'day')} of ${question.pipeline.name} that ${days === 1 ? 'is' : 'are'} not simulated; name another one`,
      received: lake,
    },
  ]);
}

/**
 * How many published days of the pipeline are not simulated. A day whose manifest is damaged is taken for one of the others,
 * and for real where there are none.
 */
export async function realDays(question: Omit<LakeToWrite, 'lake'>): Promise<number> {
  const status = await lakeStatus(question);
  const simulated = simulatedDays(status);
  const real = status.published.days - simulated - status.damaged.length;
  return real === 0 && simulated > 0 ? 0 : real + status.damaged.length;
}

function simulatedDays({ simulated }: LakeStatus): number {
  return simulated.reduce((sum, { days }) => sum + days, 0);
}
