import { join } from 'node:path';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { buildSync } from 'esbuild';
import { zipSync } from 'fflate';
import { type AccountAddress, callAccount, callQuery, callTarget } from './account-api';
import { ACCOUNT_ID } from './simulated-account';

export const SMALL_REGION = 'eu-west-1';
export const SMALL_BUCKET = 'small-objects';
export const SMALL_FUNCTION = 'small-function';
export const SMALL_QUEUE = 'small-failures';
export const SMALL_LOG_GROUP = `/small/${SMALL_FUNCTION}`;
export const SMALL_ROLE = `arn:aws:iam::${ACCOUNT_ID}:role/${SMALL_FUNCTION}`;
export const SMALL_QUEUE_ARN = `arn:aws:sqs:${SMALL_REGION}:${ACCOUNT_ID}:${SMALL_QUEUE}`;

/** Seconds after which it is ended. */
const TIMEOUT = 6;

/** `small-function.ts` with role, bucket, log group and failure queue, by the account's own calls: no Terraform. */
export async function deploySmallFunction(address: AccountAddress, client: S3Client): Promise<void> {
  await client.send(new CreateBucketCommand({ Bucket: SMALL_BUCKET }));
  await callTarget(address, 'sqs', 'AmazonSQS.CreateQueue', { QueueName: SMALL_QUEUE });
  await callTarget(address, 'logs', 'Logs_20140328.CreateLogGroup', { logGroupName: SMALL_LOG_GROUP });
  await callQuery(address, 'iam', {
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: SMALL_FUNCTION,
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [] }),
  });
  await callLambda(address, 'POST', '/2015-03-31/functions', {
    FunctionName: SMALL_FUNCTION,
    Role: SMALL_ROLE,
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: zippedFunction() },
    Timeout: TIMEOUT,
    Environment: { Variables: { BUCKET: SMALL_BUCKET } },
    LoggingConfig: { LogFormat: 'Text', LogGroup: SMALL_LOG_GROUP },
  });
  await callLambda(address, 'PUT', `/2017-10-31/functions/${SMALL_FUNCTION}/concurrency`, {
    ReservedConcurrentExecutions: 1,
  });
  await callLambda(address, 'PUT', `/2019-09-25/functions/${SMALL_FUNCTION}/event-invoke-config`, {
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: SMALL_QUEUE_ARN } },
  });
}

async function callLambda(
  address: AccountAddress,
  method: 'POST' | 'PUT',
  path: string,
  input: unknown,
): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await callAccount(address, {
    service: 'lambda',
    method,
    path,
    headers,
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

/** In base64. */
function zippedFunction(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'small-function.ts')],
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return Buffer.from(zipSync({ 'index.js': outputFiles[0]!.contents })).toString('base64');
}
