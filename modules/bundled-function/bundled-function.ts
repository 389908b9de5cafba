import { Construct } from 'constructs';
import type { DeadLetterQueue } from '../dead-letter-queue/dead-letter-queue';
import type { DeploymentAccount } from '../deployment-account/deployment-account';
import type { EncryptionKey } from '../encryption-key/encryption-key';
import type { PrivateBucket } from '../private-bucket/private-bucket';

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

export interface BundledFunctionProps {
  readonly account: DeploymentAccount;
  readonly functionName: string;
  /** What the function does, for the console. */
  readonly description: string;
  /** The zip, built beforehand. A change of its bytes, and nothing else, is a change of the function's code. */
  readonly zipPath: string;
  /** What the handler reads at its start; `satisfies` the type in its `contract.ts`. */
  readonly environment: object;
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
  /** @default DEFAULT_RESERVED_CONCURRENCY */
  readonly reservedConcurrency?: number;
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
  readonly key?: EncryptionKey | undefined;
  /**
   * The most that the function's role may ever do.
   * @default no boundary
   */
  readonly permissionsBoundaryArn?: string | undefined;
}

/** A Lambda function from a zip, with a role of its own that may do nothing but what is granted here. */
export class BundledFunction extends Construct {
  readonly functionName: string = '';
  readonly arn: string = '';
  readonly timeoutSeconds: number = 0;
  readonly logGroupName: string = '';
  constructor(scope: Construct, id: string, _props: BundledFunctionProps) {
    super(scope, id);
  }

  /** Lets the function read objects under these key patterns (`P/*`), and decrypt them. */
  grantRead(_bucket: PrivateBucket, _keys: readonly string[]): void {}
  /** Lets the function write objects under these key patterns, and encrypt them. */
  grantWrite(_bucket: PrivateBucket, _keys: readonly string[]): void {}
  /** Lets the function delete objects under these key patterns. */
  grantDelete(_bucket: PrivateBucket, _keys: readonly string[]): void {}
  /** Lets the function list keys, only with a prefix that matches one of these patterns. */
  grantList(_bucket: PrivateBucket, _prefixes: readonly string[]): void {}
  /** Lets the function read one secret, and decrypt it where it lies under the given key. */
  grantSecret(_secretArn: string, _keyArn?: string): void {}
}
