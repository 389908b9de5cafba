import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { ProjectKey } from '../encryption-key/encryption-key';
import type { PrivateBucket } from '../private-bucket/private-bucket';
import type { ScheduleTarget } from '../schedule/schedule-target';
import { ServiceRole } from '../service-role/service-role';
import { CodeArchive } from './code-archive';

export const DEFAULT_RUNTIME = 'nodejs22.x';
export const DEFAULT_HANDLER = 'index.handler';
export const DEFAULT_MEMORY_MIB = 512;
export const DEFAULT_TIMEOUT_SECONDS = 60;
/** One run at a time: a second event waits instead of competing for the same days. */
export const DEFAULT_RESERVED_CONCURRENCY = 1;
export const DEFAULT_LOG_RETENTION_DAYS = 365;
/** Further tries of an asynchronous event that failed; the most that Lambda allows. */
export const DEFAULT_MAX_RETRIES = 2;
/** Age at which Lambda gives an asynchronous event up: six hours. */
export const DEFAULT_MAX_EVENT_AGE_SECONDS = 21_600;

/** Condition key that says which secret is decrypted. */
export const SECRET_CONTEXT = 'kms:EncryptionContext:SecretARN';

export interface BundledFunctionProps {
  readonly account: DeploymentAccount;
  readonly functionName: string;
  /** What the function does, for the console. */
  readonly description: string;
  /** The zip, built beforehand. A change of its bytes, and nothing else, is a change of the function's code. */
  readonly zipPath: string;
  /** What the handler reads at its start; `satisfies` the type in its `contract.ts`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where an asynchronous event goes that failed for good. */
  readonly failureQueue: DeadLetterQueue;
  /** @default DEFAULT_RUNTIME */
  readonly runtime?: string;
  /** @default DEFAULT_HANDLER */
  readonly handler?: string;
  /** @default DEFAULT_MEMORY_MIB */
  readonly memoryMib?: number;
  /** @default DEFAULT_TIMEOUT_SECONDS */
  readonly timeoutSeconds?: number;
  /**
   * Calls at once that the account keeps for the function, which gets no more. `none`: it shares what is free.
   * @default DEFAULT_RESERVED_CONCURRENCY
   */
  readonly reservedConcurrency?: number | 'none';
  /** @default DEFAULT_LOG_RETENTION_DAYS */
  readonly logRetentionDays?: number;
  /** @default DEFAULT_MAX_RETRIES */
  readonly maxRetries?: number;
  /** @default DEFAULT_MAX_EVENT_AGE_SECONDS */
  readonly maxEventAgeSeconds?: number;
  /**
   * Encrypts environment and log group with this key.
   * @default keys of the services
   */
  readonly key?: ProjectKey | undefined;
  /**
   * The most that the function's role may ever do.
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string | undefined;
}

/** A Lambda function from a zip, with a role of its own that may do nothing but what is granted here. */
export class BundledFunction extends Construct implements ScheduleTarget {
  readonly functionName: string;
  readonly arn: string;
  readonly timeoutSeconds: number;
  readonly logGroupName: string;
  readonly role: ServiceRole;
  /** What must be there before anybody calls the function. */
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: BundledFunctionProps) {
    super(scope, id);
    this.functionName = props.functionName;
    this.timeoutSeconds = props.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
    this.logGroupName = `/aws/lambda/${props.functionName}`;
    this.role = this.ownRole(props);
    const logs = this.keepLogs(props);
    const lambda = this.run(props, logs);
    this.arn = lambda.arn;
    this.ready = lambda;
    this.sendFailures(props, lambda);
  }

  allowStart(role: ServiceRole): void {
    role.allow('InvokeTarget', ['lambda:InvokeFunction'], [this.arn]);
  }

  /** Lets the function read objects under these key patterns (`weather-daily/*`), and decrypt them. */
  grantRead(bucket: PrivateBucket, keys: readonly string[]): void {
    this.role.allow(`Read${bucket.node.id}`, ['s3:GetObject'], objects(bucket, keys));
    this.grantKey(bucket.key?.arn, ['kms:Decrypt']);
  }

  /** Lets the function write objects under these key patterns, and encrypt them. */
  grantWrite(bucket: PrivateBucket, keys: readonly string[]): void {
    this.role.allow(`Write${bucket.node.id}`, ['s3:PutObject'], objects(bucket, keys));
    this.grantKey(bucket.key?.arn, ['kms:GenerateDataKey', 'kms:Decrypt']);
  }

  /** Lets the function delete objects under these key patterns; their versions stay until they expire. */
  grantDelete(bucket: PrivateBucket, keys: readonly string[]): void {
    this.role.allow(`Delete${bucket.node.id}`, ['s3:DeleteObject'], objects(bucket, keys));
  }

  /** Lets the function list keys, but only by a prefix that matches one of these patterns. */
  grantList(bucket: PrivateBucket, prefixes: readonly string[]): void {
    this.role.allow(`List${bucket.node.id}`, ['s3:ListBucket'], [bucket.arn], {
      StringLike: { 's3:prefix': prefixes },
    });
  }

  /** Lets the function read one secret, and decrypt it where it lies under a key of its own. */
  grantSecret(secretArn: string, keyArn?: string): void {
    this.role.allow('ReadSecret', ['secretsmanager:GetSecretValue'], [secretArn]);
    if (keyArn === undefined) return;
    this.role.allow('DecryptSecret', ['kms:Decrypt'], [keyArn], {
      StringEquals: { [SECRET_CONTEXT]: secretArn },
    });
  }

  private grantKey(keyArn: string | undefined, actions: readonly string[]): void {
    if (keyArn) this.role.allow('UseKey', actions, [keyArn]);
  }

  private ownRole(props: BundledFunctionProps): ServiceRole {
    const role = new ServiceRole(this, 'Role', {
      account: props.account,
      roleName: props.functionName,
      description: `Function ${props.functionName}`,
      service: 'lambda.amazonaws.com',
      permissionsBoundaryArn: props.permissionsBoundaryArn,
    });
    role.allow('Trace', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']);
    if (props.key) role.allow('UseKey', ['kms:Decrypt'], [props.key.arn]);
    props.failureQueue.allowSend(role);
    return role;
  }

  /** The role may not create log groups: a late line would bring one back that was destroyed. */
  private keepLogs(props: BundledFunctionProps): CloudwatchLogGroup {
    const logs = new CloudwatchLogGroup(this, 'Logs', {
      name: this.logGroupName,
      retentionInDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS,
      ...(props.key && { kmsKeyId: props.key.arn }),
    });
    this.role.allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [`${logs.arn}:*`]);
    return logs;
  }

  private run(props: BundledFunctionProps, logs: CloudwatchLogGroup): LambdaFunction {
    const archive = new CodeArchive(this, 'Code', { zipPath: props.zipPath });
    return new LambdaFunction(this, 'Function', {
      functionName: props.functionName,
      description: props.description,
      role: this.role.arn,
      filename: archive.path,
      sourceCodeHash: archive.hash,
      runtime: props.runtime ?? DEFAULT_RUNTIME,
      architectures: ['arm64'],
      handler: props.handler ?? DEFAULT_HANDLER,
      memorySize: props.memoryMib ?? DEFAULT_MEMORY_MIB,
      timeout: this.timeoutSeconds,
      ...reservation(props.reservedConcurrency ?? DEFAULT_RESERVED_CONCURRENCY),
      environment: { variables: { ...props.environment } },
      tracingConfig: { mode: 'Active' },
      ...(props.key && { kmsKeyArn: props.key.arn }),
      dependsOn: [this.role.policy, logs],
    });
  }

  private sendFailures(props: BundledFunctionProps, lambda: LambdaFunction): void {
    new LambdaFunctionEventInvokeConfig(this, 'AsyncEvents', {
      functionName: lambda.functionName,
      maximumRetryAttempts: props.maxRetries ?? DEFAULT_MAX_RETRIES,
      maximumEventAgeInSeconds: props.maxEventAgeSeconds ?? DEFAULT_MAX_EVENT_AGE_SECONDS,
      destinationConfig: { onFailure: { destination: props.failureQueue.arn } },
    });
  }
}

/** Terraform takes an absent number for no reservation, and removes one that there was. */
function reservation(concurrency: number | 'none') {
  return concurrency === 'none' ? {} : { reservedConcurrentExecutions: concurrency };
}

function objects(bucket: PrivateBucket, keys: readonly string[]): readonly string[] {
  return keys.map((key) => `${bucket.arn}/${key}`);
}
