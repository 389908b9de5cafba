import { readAnswer } from '../answers/read-answer';
import { DamagedObjectError, IngestError, SourceContractError, SourceUnavailableError } from '../errors';
import type { WeatherRequest } from '../model/request';
import type { Pipeline } from '../pipeline/pipeline';
import type { RawArchive } from '../raw/raw-archive';
import type { RawBody } from '../raw/raw-body';
import { type RequestDocument, requestDocument } from '../raw/request-document';
import { askedBy } from '../staging/archived-answers';
import { type IndexedAnswers, indexAnswers } from '../staging/indexed-answers';
import type { PartFailure, RunOptions, RunParts } from './run-parts';

export interface ObtainedAnswers extends IndexedAnswers {
  /** Whether they were kept by a run before and nothing was sent. */
  readonly isReused: boolean;
}

/** Gets the answers of requests, from the source or, where that is enough, from what was kept before. */
export class AnswerFetcher {
  readonly failures: PartFailure[] = [];
  sent = 0;
  reused = 0;
  /** After an outage was sat out in vain, the next requests do not sit it out again. */
  private isDown = false;

  constructor(
    private readonly parts: Pick<RunParts, 'pipeline' | 'source' | 'logger'>,
    private readonly options: Pick<RunOptions, 'patience' | 'retryForSeconds' | 'signal' | 'onEvent'>,
    private readonly archive: RawArchive,
  ) {}

  /** The answer of a request, or the error it ended with, which is recorded as a failure. */
  async obtain(request: WeatherRequest, reuse: boolean): Promise<ObtainedAnswers | IngestError> {
    try {
      const answers = await this.answer(request, reuse);
      const how = answers.isReused ? 'reused' : 'sent';
      this[how]++;
      this.options.onEvent?.({ type: 'request', request, how });
      return answers;
    } catch (error) {
      return this.recordFailure(request, error);
    }
  }

  /** The answer of a request. @throws what the source throws, SourceContractError, StorageError */
  async answer(request: WeatherRequest, reuse: boolean): Promise<ObtainedAnswers> {
    const document = requestDocument(request, this.parts.source.describe(request));
    const { archive } = this;
    const { pipeline } = this.parts;
    const kept = reuse ? await latestThatDecodes(document, { archive, pipeline }) : undefined;
    // What is published from a kept answer names its request object, which may have been damaged meanwhile.
    if (kept !== undefined) await archive.mendRequest(document);
    return { ...(kept ?? (await this.fetch(request, document))), isReused: kept !== undefined };
  }

  private recordFailure(request: WeatherRequest, error: unknown): IngestError {
    if (!(error instanceof IngestError) || this.options.signal?.aborted === true) throw error;
    if (error instanceof SourceUnavailableError) this.isDown = true;
    const { section, chunk, from, to, id } = request;
    this.failures.push({ what: `request ${id} (${section}, chunk ${chunk}, ${from} to ${to})`, error });
    this.parts.logger.error('A request failed', {
      request_id: id,
      section,
      chunk,
      from,
      to,
      error: error.name,
      reason: error.message,
      ...error.context,
    });
    this.options.onEvent?.({ type: 'request', request, how: 'failed' });
    return error;
  }

  private async fetch(request: WeatherRequest, document: RequestDocument): Promise<IndexedAnswers> {
    await this.archive.keepRequest(document);
    let raw: RawBody | undefined;
    const { patience, retryForSeconds, signal, onEvent } = this.options;
    const body = await this.parts.source.fetch(request, {
      keep: async (received) => {
        raw = await this.archive.keepBody(document, received);
      },
      patience,
      retryForSeconds: this.isDown ? 0 : retryForSeconds,
      ...(signal === undefined ? {} : { signal }),
      onWait: (wait) => onEvent?.({ type: 'wait', wait }),
    });
    this.isDown = false;
    return indexBody(body.bytes, { raw: raw!, document, pipeline: this.parts.pipeline });
  }
}

/** The latest answer kept of a request that is whole and decodes, if there is one. @throws StorageError */
export async function latestThatDecodes(
  document: RequestDocument,
  { archive, pipeline }: { readonly archive: RawArchive; readonly pipeline: Pipeline },
): Promise<IndexedAnswers | undefined> {
  for (const raw of await archive.bodiesOf(archive.partOf(document))) {
    const bytes = await archive.orPassOver(raw.key, () => archive.read(raw));
    if (bytes instanceof DamagedObjectError) continue;
    try {
      return indexBody(bytes, { raw, document, pipeline });
    } catch (error) {
      if (!(error instanceof SourceContractError)) throw error;
    }
  }
  return undefined;
}

/** Where a body comes from. */
export interface BodyOrigin {
  readonly raw: RawBody;
  readonly document: RequestDocument;
  readonly pipeline: Pipeline;
}

/** @throws SourceContractError */
export function indexBody(body: Uint8Array, { raw, document, pipeline }: BodyOrigin): IndexedAnswers {
  const answers = readAnswer(body, askedBy(document), pipeline);
  return indexAnswers(answers, { raw, source: document, section: document.section });
}
