import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { Construct } from 'constructs';
import type { PrivateBucket } from '../modules/private-bucket/private-bucket';

export interface PipelineObjectProps {
  readonly bucket: PrivateBucket;
  readonly key: string;
  /** The pipeline's file, locations inline. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The pipeline where the functions read it. A new version of the file is an object replaced, and no function touched. */
export class PipelineObject extends Construct {
  readonly key: string;

  constructor(scope: Construct, id: string, { bucket, key, json }: PipelineObjectProps) {
    super(scope, id);
    this.key = key;
    new S3Object(this, 'Object', {
      bucket: bucket.bucketName,
      key,
      content: literal(pipelineText(json)),
      contentType: 'application/json',
    });
  }
}

/** The document as it is deployed: without what only editors read. */
export function pipelineText({ $schema: _, ...json }: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** A text that Terraform must not read as a template. */
function literal(text: string): string {
  return text.replaceAll('${', '$${').replaceAll('%{', '%%{');
}
