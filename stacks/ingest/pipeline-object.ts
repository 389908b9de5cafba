import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { Construct } from 'constructs';
import { sha256 } from '../../core/hash';
import type { PrivateBucket } from '../../modules/private-bucket/private-bucket';

export interface PipelineObjectProps {
  readonly bucket: PrivateBucket;
  readonly key: string;
  /** The document that is deployed. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** The pipeline where the functions read it. A new version of the file is an object replaced, and no function touched. */
export class PipelineObject extends Construct {
  readonly key: string;

  constructor(scope: Construct, id: string, { bucket, key, document }: PipelineObjectProps) {
    super(scope, id);
    this.key = key;
    const text = `${JSON.stringify(document, null, 2)}\n`;
    new S3Object(this, 'Object', {
      bucket: bucket.bucketName,
      key,
      content: literal(text),
      contentType: 'application/json',
      // Terraform reads back an object's metadata, never its content: an object that another hand put there has none.
      metadata: { sha256: sha256(text) },
    });
  }
}

/** A text that Terraform must not read as a template: it takes two signs before a brace for one. */
function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => `${sign}${sign}`);
}
