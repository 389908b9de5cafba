import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';

export const SMALL_REGION = 'eu-west-1';
export const SMALL_BUCKET = 'small-stack-objects';
export const SMALL_FUNCTION = 'small-stack-function';
export const SMALL_QUEUE = 'small-stack-failures';

/** What the account must keep for a second plan to say "No changes", each once. */
function resources(zip: string) {
  const trust = {
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'lambda.amazonaws.com' },
  };
  const tlsOnly = {
    Effect: 'Deny',
    Action: 's3:*',
    Principal: '*',
    Resource: [reference('aws_s3_bucket.objects.arn'), `${reference('aws_s3_bucket.objects.arn')}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  const policy = (statement: unknown) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return {
    aws_s3_bucket: { objects: { bucket: SMALL_BUCKET, force_destroy: true } },
    aws_s3_bucket_policy: {
      objects: { bucket: reference('aws_s3_bucket.objects.id'), policy: policy(tlsOnly) },
    },
    aws_iam_role: { function: { name: SMALL_FUNCTION, assume_role_policy: policy(trust) } },
    aws_kms_key: { key: { enable_key_rotation: true } },
    aws_cloudwatch_log_group: { function: { name: `/small/${SMALL_FUNCTION}`, retention_in_days: 1 } },
    aws_sqs_queue: { failures: { name: SMALL_QUEUE } },
    aws_lambda_function: {
      function: {
        function_name: SMALL_FUNCTION,
        role: reference('aws_iam_role.function.arn'),
        runtime: 'nodejs22.x',
        architectures: ['arm64'],
        handler: 'index.handler',
        filename: zip,
        source_code_hash: reference(`filebase64sha256("${zip}")`),
        kms_key_arn: reference('aws_kms_key.key.arn'),
        timeout: 2,
        reserved_concurrent_executions: 1,
        environment: { variables: { BUCKET: SMALL_BUCKET } },
        tracing_config: { mode: 'Active' },
        logging_config: {
          log_format: 'Text',
          log_group: reference('aws_cloudwatch_log_group.function.name'),
        },
      },
    },
    aws_lambda_function_event_invoke_config: {
      function: {
        function_name: reference('aws_lambda_function.function.function_name'),
        maximum_retry_attempts: 1,
        destination_config: { on_failure: { destination: reference('aws_sqs_queue.failures.arn') } },
      },
    },
    aws_athena_workgroup: {
      readers: {
        name: 'small-readers',
        force_destroy: true,
        configuration: { bytes_scanned_cutoff_per_query: 1 << 30, publish_cloudwatch_metrics_enabled: true },
      },
    },
    aws_athena_named_query: {
      first: {
        name: 'first',
        workgroup: reference('aws_athena_workgroup.readers.id'),
        database: 'default',
        query: 'SELECT 1',
      },
    },
  };
}

/** A stack with one function, `small-function.ts`. @returns its folder */
export function writeSmallStack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'small-stack-'));
  const zip = join(folder, 'function.zip');
  writeFileSync(zip, zipSync({ 'index.js': bundle(join(folder, 'index.js')) }));
  const stack = {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } } },
    provider: { aws: [{ region: SMALL_REGION }] },
    resource: resources(zip),
    output: { bucket: { value: reference('aws_s3_bucket.objects.id') } },
  };
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(stack, null, 2));
  return folder;
}

function bundle(outfile: string): Uint8Array {
  buildSync({
    entryPoints: [join(__dirname, 'small-function.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return readFileSync(outfile);
}

function reference(expression: string): string {
  return `\${${expression}}`;
}
