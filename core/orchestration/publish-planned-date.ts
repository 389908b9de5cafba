import { ConfigError } from '../errors';
import { findDocument, writeDocument } from '../json-document';
import { mapConcurrently } from '../map-concurrently';
import type { Clock } from '../ports/clock';
import type { Holders } from '../ports/holders';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import { type DateEnd, dateEnd, dateEndSchema } from '../runs/date-end';
import { publishOne } from '../runs/publish-run';
import type { Day } from '../time/day';
import type { OpenRun } from './planned-runs';
import { dateEndKey, dateEndsPrefix, type RunName } from './run-keys';
import { plannedDates } from './run-plan';

const READS_AT_ONCE = 8;

export interface DatePublishing {
  readonly run: OpenRun;
  readonly processed: ObjectStore;
  readonly clock: Clock;
  readonly holders: Holders;
  readonly logger: Logger;
  readonly codeVersion: string;
  readonly signal?: AbortSignal;
}

/**
 * Judges and publishes one date of a run from what was staged of it, and notes how it ended.
 *
 * @throws why the date was not published; ConfigError for a date that is not the run's
 */
export async function publishPlannedDate(parts: DatePublishing, day: Day): Promise<DateEnd> {
  const { run, processed, signal } = parts;
  const { pipeline, plan } = run;
  if (!plannedDates(plan).some(({ date }) => date === day)) throw noSuchDate(day);
  const key = dateEndKey({ pipeline: pipeline.name, runId: plan.run_id }, day);
  const known = await readEnd(processed, key);
  if (known !== undefined && known.outcome !== 'failed') return known;
  const options = {
    runId: plan.run_id,
    force: plan.force,
    // Whoever invoked the function tries again, and a wait costs.
    leaseWaitSeconds: 0,
    ...(signal === undefined ? {} : { signal }),
  };
  const result = await publishOne({ ...parts, pipeline }, options, { day, replay: false });
  const end = dateEnd(result);
  await processed.put(key, writeDocument(end));
  if (result.outcome === 'failed') throw result.error;
  return end;
}

async function readEnd(store: ObjectStore, key: string): Promise<DateEnd | undefined> {
  return findDocument(store, key, dateEndSchema);
}

/** How the dates of a run ended, as far as anybody told. */
export async function readDateEnds(store: ObjectStore, run: RunName): Promise<DateEnd[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(dateEndsPrefix(run))) keys.push(key);
  const ends = await mapConcurrently(keys, READS_AT_ONCE, (key) => readEnd(store, key));
  return ends.filter((end) => end !== undefined);
}

function noSuchDate(day: Day): ConfigError {
  return new ConfigError('The event is not of this run:', [
    { path: 'date', message: 'the run publishes no such date', received: day },
  ]);
}
