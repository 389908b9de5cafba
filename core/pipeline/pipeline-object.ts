import { ConfigError } from '../errors';
import { parseJsonText } from '../json-text';
import type { ObjectStore } from '../ports/object-store';
import { parseDeployedPipeline, parsePipeline } from './parse-pipeline';
import type { Pipeline } from './pipeline';

/** Where a deployed pipeline lies in the raw bucket. */
export function pipelineKey(pipeline: string): string {
  return `config/${pipeline}.json`;
}

/**
 * The document of a pipeline as it is deployed: without what only editors read, and with the offset of every location, so
 * that its days do not hang on the zone rules of whatever machine a function runs on.
 *
 * @param json the pipeline's file, locations inline
 * @throws ConfigError listing every mistake in it
 */
export function deployedDocument(
  json: Readonly<Record<string, unknown>>,
  pipeline: Pick<Pipeline, 'locations'> = parsePipeline(json),
): Record<string, unknown> {
  const { $schema: _, ...document } = json;
  const locations = (json.locations as readonly object[]).map((location, index) => ({
    ...location,
    utc_offset_hours: pipeline.locations[index]!.offsetHours,
  }));
  return { ...document, locations };
}

/** A pipeline as it was deployed: one object in the raw bucket, its locations inline. */
export class PipelineObject {
  private held: { readonly etag: string; readonly pipeline: Pipeline } | undefined;

  constructor(
    private readonly raw: ObjectStore,
    private readonly key: string,
  ) {}

  /**
   * The pipeline as it is now; the very same object as before while nothing was deployed.
   *
   * @throws ConfigError when there is none, or listing every mistake in it; StorageError
   */
  async read(): Promise<Pipeline> {
    const found = await this.raw.get(this.key);
    if (found === undefined)
      throw this.refusal('there is no such object; deploy the pipeline: npm run deploy');
    const { etag } = found.info;
    if (this.held?.etag !== etag) this.held = { etag, pipeline: this.parse(found.body) };
    return this.held.pipeline;
  }

  private parse(body: Uint8Array): Pipeline {
    const json = parseJsonText(Buffer.from(body).toString(), `The pipeline ${this.key} is not JSON:`);
    const pipeline = parseDeployedPipeline(json, `The pipeline ${this.key} has mistakes:`);
    if (pipelineKey(pipeline.name) === this.key) return pipeline;
    throw this.refusal(
      'holds a pipeline of another name, so it is not where it belongs; deploy again',
      pipeline.name,
    );
  }

  private refusal(message: string, received?: string): ConfigError {
    const problem = { path: this.key, message, ...(received === undefined ? {} : { received }) };
    return new ConfigError('The deployed pipeline cannot be used:', [problem], {
      context: { key: this.key },
    });
  }
}
