import type { Construct } from 'constructs';
import { ALL_LEASES_PREFIX, ALL_QUOTA_PREFIX, ALL_STAGING_PREFIX } from '../core/keys/processed-keys';
import { rawPrefix } from '../core/keys/raw-keys';
import { ENDED_LEASE_BYTES } from '../core/publish/lease-document';
import { STAGING_LIFETIME_DAYS } from '../core/staging/sweep-staging';
import { AlertTopic } from '../modules/alert-topic/alert-topic';
import { EncryptionKey, type ProjectKey } from '../modules/encryption-key/encryption-key';
import { AccessLogBucket } from '../modules/private-bucket/access-log-bucket';
import type { ExpiryRule } from '../modules/private-bucket/bucket-lifecycle';
import { PrivateBucket } from '../modules/private-bucket/private-bucket';
import { Catalogue } from './catalogue/catalogue';
import { QueryWorkgroup } from './catalogue/query-workgroup';
import type { Deployment } from './deployment';
import { EnvironmentStack } from './environment-stack';

/** What outlives the code of an environment: buckets, their key, the catalogue, and the topic that people subscribe to. */
export class WeatherLakeStack extends EnvironmentStack {
  readonly raw: PrivateBucket;
  readonly processed: PrivateBucket;
  readonly alerts: AlertTopic;
  /** The project's own key; `undefined` where AWS's own keys encrypt. */
  readonly key: ProjectKey | undefined;
  private readonly accessLogs: AccessLogBucket;

  constructor(scope: Construct, deployment: Deployment) {
    const { environment, pipeline } = deployment;
    super(scope, `weather-lake-${environment.environment}`, environment);
    this.key = this.findKey();
    this.accessLogs = this.makeAccessLogs();
    this.raw = this.makeBucket('Raw', 'raw', rawExpiry(deployment));
    this.processed = this.makeBucket('Processed', 'processed', WORK_EXPIRY);
    this.alerts = this.makeAlerts();
    const databaseName = new Catalogue(this, 'Catalogue', {
      databaseName: `${this.prefix}`.replace(/-$/, '').replaceAll('-', '_'),
      bucket: this.processed,
      pipeline,
    }).databaseName;
    this.makeWorkgroup();
    this.tell('Database', databaseName, 'Database of Athena and Glue.');
    this.tell('RawBucket', this.raw.bucketName, 'Bucket of the raw answers and of the pipeline.');
    this.tell('ProcessedBucket', this.processed.bucketName, 'Bucket of the published tables.');
  }

  private findKey(): ProjectKey | undefined {
    const { encryption, kms_key_arn: arn } = this.environment;
    if (encryption !== 'KMS') return undefined;
    if (arn === undefined) return this.makeKey();
    this.addOverride(
      'removed',
      OWN_KEY.map((from) => ({ from, lifecycle: { destroy: false } })),
    );
    return { arn };
  }

  private makeKey(): EncryptionKey {
    return new EncryptionKey(this, 'Key', {
      account: this.account,
      alias: `${this.prefix}lake`,
      description: `Weather data and alarms of ${this.prefix.slice(0, -1)}.`,
      protectFromDestroy: this.environment.protect_from_destroy,
    });
  }

  private makeAccessLogs(): AccessLogBucket {
    return new AccessLogBucket(this, 'AccessLogs', {
      account: this.account,
      bucketName: this.bucketName('access-logs'),
      protectFromDestroy: this.environment.protect_from_destroy,
    });
  }

  private makeBucket(id: string, purpose: string, expiry: readonly ExpiryRule[]): PrivateBucket {
    return new PrivateBucket(this, id, {
      bucketName: this.bucketName(purpose),
      protectFromDestroy: this.environment.protect_from_destroy,
      key: this.key,
      accessLogs: { bucket: this.accessLogs, prefix: `${purpose}/` },
      expiry,
      noncurrentDays: this.environment.retention.noncurrent_days,
    });
  }

  private makeAlerts(): AlertTopic {
    return new AlertTopic(this, 'Alerts', {
      account: this.account,
      topicName: `${this.prefix}alerts`,
      emails: this.environment.alerts.emails,
      key: this.key,
    });
  }

  private makeWorkgroup(): void {
    const { retention, protect_from_destroy, athena_scan_limit_mib } = this.environment;
    const expireAfterDays = retention.athena_results_days;
    const workgroup = new QueryWorkgroup(this, 'Queries', {
      workgroupName: this.prefix.slice(0, -1),
      results: this.makeBucket('AthenaResults', 'athena-results', [
        { name: 'expire-results', prefix: '', expireAfterDays },
      ]),
      scanLimitMib: athena_scan_limit_mib,
      protectFromDestroy: protect_from_destroy,
    });
    this.tell('Workgroup', workgroup.workgroupName, 'Workgroup of Athena to query with.');
  }
}

/** Key and alias of a lake that makes its own. Where it is given another it forgets them: objects lie under that key. */
const OWN_KEY = ['aws_kms_key.Key_43586C89', 'aws_kms_alias.Key_Alias_6C2E2031'];

/** Of no use once it is replaced, and replaced with every request and date: hundreds of thousands of times in a backfill. */
const WORK_NONCURRENT_DAYS = 1;
const ENDED_LEASE_DAYS = 1;

/** What runs keep for themselves. A lease that marks a date has another size than one that has ended, and stays. */
const WORK_EXPIRY: readonly ExpiryRule[] = [
  {
    name: 'expire-staging',
    prefix: ALL_STAGING_PREFIX,
    expireAfterDays: STAGING_LIFETIME_DAYS,
    noncurrentDays: WORK_NONCURRENT_DAYS,
  },
  { name: 'remove-old-leases', prefix: ALL_LEASES_PREFIX, noncurrentDays: WORK_NONCURRENT_DAYS },
  {
    name: 'expire-ended-leases',
    prefix: ALL_LEASES_PREFIX,
    bytes: ENDED_LEASE_BYTES,
    expireAfterDays: ENDED_LEASE_DAYS,
  },
  { name: 'remove-old-quota', prefix: ALL_QUOTA_PREFIX, noncurrentDays: WORK_NONCURRENT_DAYS },
];

/** Answers alone: the pipeline's file lies in the same bucket. */
function rawExpiry({ environment, pipeline }: Deployment): ExpiryRule[] {
  const expireAfterDays = environment.retention.raw_days;
  if (expireAfterDays === null) return [];
  return [{ name: 'expire-answers', prefix: rawPrefix(pipeline.name), expireAfterDays }];
}
