import { ConfigError, IngestError } from '../errors';
import type { RawArchive } from '../raw/raw-archive';
import type { Day } from '../time/day';
import type { DayInRun, StagingContext } from './stage-run';

/** Marks the days that nothing is published of and no raw object is about: there is nothing to replay. */
export async function refuseDaysWithoutRaw(
  { archive, unstaged }: StagingContext,
  days: readonly DayInRun[],
): Promise<void> {
  for (const { day, manifest } of days) {
    if (manifest !== undefined) continue;
    const error = await lacksRaw(archive, day);
    if (error !== undefined) unstaged.set(day, error);
  }
}

/** Why no raw object can be replayed for a day without a manifest; `undefined` when there are some. */
async function lacksRaw(archive: RawArchive, day: Day): Promise<IngestError | undefined> {
  try {
    if ((await archive.partsOn(day)).length > 0) return undefined;
  } catch (error) {
    if (error instanceof IngestError) return error;
    throw error;
  }
  const message = 'no raw answer of this lake is about this day; ingest it';
  return new ConfigError('The day cannot be replayed:', [{ path: day, message }], {
    context: { batch_date: day },
  });
}
