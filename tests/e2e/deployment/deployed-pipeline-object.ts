import { GetObjectCommand, GetObjectTaggingCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { pipelineKey } from '../../../core/pipeline/pipeline-object';
import type { Deployment } from './deployment';
import { PIPELINE } from './describe-scheduled-run';

export interface TaggedObject {
  readonly body: string;
  readonly metadata: Record<string, string>;
  /** As a query. */
  readonly tags: string;
}

/** The pipeline as it is deployed to `dev`, with all that a person who replaces it may keep. */
export class DeployedPipelineObject {
  constructor(private readonly deployment: Deployment) {}

  private get place() {
    return { Bucket: this.deployment.dev.bucket('raw'), Key: pipelineKey(PIPELINE) };
  }

  async read(): Promise<TaggedObject> {
    const { client } = this.deployment;
    const { Body, Metadata = {} } = await client.send(new GetObjectCommand(this.place));
    const { TagSet = [] } = await client.send(new GetObjectTaggingCommand(this.place));
    const tags = new URLSearchParams(TagSet.map(({ Key, Value }): [string, string] => [Key!, Value!]));
    return { body: await Body!.transformToString(), metadata: Metadata, tags: tags.toString() };
  }

  async write({ body, metadata, tags }: TaggedObject): Promise<void> {
    const object = { Body: body, Metadata: metadata, Tagging: tags, ContentType: 'application/json' };
    await this.deployment.client.send(new PutObjectCommand({ ...this.place, ...object }));
  }
}
