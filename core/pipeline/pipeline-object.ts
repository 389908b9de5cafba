import { ConfigError } from '../errors';
import { parseJsonText } from '../json-text';
import { CONFIG_FOLDER } from '../keys/raw-keys';
import type { ObjectStore } from '../ports/object-store';
import { utf8Text } from '../utf8-text';
import { parseDeployedPipeline, parsePipeline } from './parse-pipeline';
import type { Pipeline } from './pipeline';

/** Where a deployed pipeline lies in the raw bucket. */
export function pipelineKey(pipeline: string): string {
  return `${CONFIG_FOLDER}/${pipeline}.json`;
}

/** A pipeline and the object that it was read from. */
export interface DeployedPipeline {
  readonly pipeline: Pipeline;
  readonly body: Uint8Array;
}

/** @throws ConfigError listing every mistake */
export function parsePipelineObject(body: Uint8Array, key: string): Pipeline {
  const subject = `The pipeline ${key} is not JSON:`;
  const json = parseJsonText(utf8Text({ bytes: body, subject }), subject);
  return parseDeployedPipeline(json, `The pipeline ${key} has mistakes:`);
}

/** The pipeline that an object's key names. @throws ConfigError for another key */
export function pipelineOfKey(key: string): string {
  const name = /^config\/([a-z0-9-]+)\.json$/.exec(key)?.[1];
  if (name !== undefined) return name;
  throw new ConfigError('The pipeline has no place:', [
    { path: key, message: 'must be config/<pipeline>.json' },
  ]);
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
  private held: (DeployedPipeline & { readonly etag: string }) | undefined;

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
    return (await this.readDeployed()).pipeline;
  }

  /** The same, with its bytes. */
  async readDeployed(): Promise<DeployedPipeline> {
    const found = await this.raw.get(this.key);
    if (found === undefined)
      throw this.refusal('there is no such object; deploy the pipeline: npm run deploy');
    const { body, info } = found;
    if (this.held?.etag !== info.etag) this.held = { etag: info.etag, body, pipeline: this.parse(body) };
    return this.held;
  }

  private parse(body: Uint8Array): Pipeline {
    const pipeline = parsePipelineObject(body, this.key);
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
