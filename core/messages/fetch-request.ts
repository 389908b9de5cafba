import { ConfigError } from '../errors';
import type { WeatherRequest } from '../model/request';
import type { OpenRun } from '../orchestration/planned-runs';
import { answeredBy, noteAnswer, readRequestEnd } from '../orchestration/request-end';
import type { RequestItem } from '../orchestration/run-items';
import { chunkOf } from '../orchestration/run-plan';
import { planRequest } from '../planning/requests';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import type { WeatherSource } from '../ports/weather-source';
import { AnswerFetcher } from '../runs/obtain-answer';

export interface RequestFetching {
  readonly run: OpenRun;
  readonly processed: ObjectStore;
  readonly source: WeatherSource;
  readonly logger: Logger;
  readonly signal?: AbortSignal;
}

/** `known`: a message that came twice; its request was answered before. */
export type FetchResult = 'sent' | 'reused' | 'known';

/**
 * Gets the answer of one request, keeps it raw and notes where it lies. It waits for nothing: not for the quota, and not
 * for a source that is down.
 *
 * @throws what the source throws; SourceContractError for an answer that does not decode; ConfigError for an item that is
 *   not the run's; StorageError
 */
export async function fetchRequest(parts: RequestFetching, item: RequestItem): Promise<FetchResult> {
  const { run, processed, source, logger, signal } = parts;
  const { pipeline, plan, archive } = run;
  const place = { pipeline: pipeline.name, runId: plan.run_id, n: item.n };
  const end = await readRequestEnd(processed, place, item.n);
  if (end?.outcome === 'answered') return 'known';
  const options = {
    patience: 'none',
    retryForSeconds: 0,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  const fetcher = new AnswerFetcher({ pipeline, source, logger }, options, archive);
  const { raw, isReused } = await fetcher.answer(requestOf(run, item), plan.reuse);
  await noteAnswer(processed, place, answeredBy(raw, isReused));
  return isReused ? 'reused' : 'sent';
}

function requestOf({ pipeline }: OpenRun, item: RequestItem): WeatherRequest {
  const { api, models, from, to, section, request_id } = item;
  const chunk = chunkOf(pipeline, item.chunk);
  const run = { from, to, source: { api, models } };
  const request = chunk === undefined ? undefined : planRequest(pipeline, { run, chunk, section });
  if (request?.id === request_id) return request;
  throw new ConfigError('The request is not of this run:', [
    {
      path: 'item.request_id',
      message: `the run plans ${request?.id ?? 'no such chunk'} for ${section}, chunk ${item.chunk}, ${from} to ${to}; start a new run`,
      received: request_id,
    },
  ]);
}
