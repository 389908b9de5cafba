import * as z from 'zod';
import { expressionProblems } from '../planning/schedule';
import { isTimezone } from '../time/zone';
import { accountIdSchema, keyArnSchema, policyArnSchema, secretArnSchema } from './arn-schemas';
import { ENVIRONMENT_DEFAULTS, LOG_RETENTION_DAYS } from './defaults';
import { bucketNameSchema, nameSchema, regionSchema, stateKeyPrefixSchema } from './name-schemas';
import { differByMoreThanCase, MOST_TAGS, tagKeySchema, tagValueSchema } from './tag-schemas';

const days = z.number().int().min(1).max(36_500);

export const tagsSchema = z
  .record(tagKeySchema, tagValueSchema)
  .superRefine(differByMoreThanCase)
  .refine((tags) => Object.keys(tags).length <= MOST_TAGS, `must be at most ${MOST_TAGS} tags`)
  .default({})
  .describe('Tags of every resource, beside those the project sets itself: Project, Environment, ManagedBy.');

/** Who encrypts. */
export const encryptionSchema = z.enum(['SSE-S3', 'KMS']).default('SSE-S3');

/** A form of EventBridge Scheduler that fires more than once. */
function recurs(expression: string, context: z.RefinementCtx): void {
  const once = expression.startsWith('at(') ? ['fires once; say cron(30 10 * * ? *) or rate(12 hours)'] : [];
  const messages = [...expressionProblems(expression).map(({ message }) => message), ...once];
  for (const message of messages) context.addIssue({ code: 'custom', message });
}

const scheduleSchema = z
  .strictObject({
    expression: z
      .string()
      .superRefine(recurs)
      .default(ENVIRONMENT_DEFAULTS.scheduleExpression)
      .describe('When the ingest runs, as EventBridge Scheduler writes it.'),
    timezone: z
      .string()
      .refine(isTimezone, 'must be an IANA time zone name, for example Europe/Berlin')
      .default(ENVIRONMENT_DEFAULTS.scheduleTimezone)
      .describe('IANA time zone of a cron expression.'),
    flexible_window_minutes: z
      .number()
      .int()
      .min(0)
      .max(1_440)
      .default(ENVIRONMENT_DEFAULTS.flexibleWindowMinutes)
      .describe('Minutes within which AWS may start the run; 0 is on time.'),
    enabled: z.boolean().default(true).describe('Whether the schedules run at all.'),
  })
  .describe('The schedule of the ingest.');

const freshnessSchema = z
  .strictObject({
    deadline_hour: z
      .number()
      .int()
      .min(0)
      .max(23)
      .default(ENVIRONMENT_DEFAULTS.deadlineHour)
      .describe('Hour of the UTC day by which the newest day must be published.'),
  })
  .describe('When a day counts as overdue.');

const alertsSchema = z
  .strictObject({
    emails: z
      .array(z.email('must be an e-mail address'))
      .min(1)
      .describe('Who is told of alarms; each address must confirm the subscription once.'),
    runbook_url: z
      .string()
      .min(1)
      .default(ENVIRONMENT_DEFAULTS.runbookUrl)
      .describe('Where alarms point to: the address of docs/runbook.md in your repository.'),
  })
  .describe('Who is told when something is wrong.');

export const retentionSchema = z
  .strictObject({
    log_days: z
      .literal([...LOG_RETENTION_DAYS])
      .default(ENVIRONMENT_DEFAULTS.logDays)
      .describe('Days that logs are kept.'),
    raw_days: days
      .nullable()
      .default(null)
      .describe(
        'Days that raw answers are kept; null keeps them for good, so that every day can be made again.',
      ),
    noncurrent_days: days
      .default(ENVIRONMENT_DEFAULTS.noncurrentDays)
      .describe('Days that replaced and deleted objects can be brought back.'),
    athena_results_days: days
      .default(ENVIRONMENT_DEFAULTS.athenaResultsDays)
      .describe('Days that results of Athena queries are kept.'),
  })
  .describe('How long things are kept.');

const functionSchema = z
  .strictObject({
    memory_mib: z
      .number()
      .int()
      .min(256)
      .max(10_240)
      .default(ENVIRONMENT_DEFAULTS.functionMemoryMib)
      .describe('Memory of each function that ingests; its processor grows with it.'),
    timeout_seconds: z
      .number()
      .int()
      .min(60)
      .max(900)
      .default(ENVIRONMENT_DEFAULTS.functionTimeoutSeconds)
      .describe(
        'Time limit of each function that ingests. One that sends requests of an orchestrated run has less.',
      ),
    reserve_concurrency: z
      .boolean()
      .default(true)
      .describe(
        'Whether each function reserves a part of what the account may run at once. A new account has nothing to reserve.',
      ),
  })
  .describe('Size of the functions that ingest, and how much of the account they reserve.');

const stateSchema = z
  .discriminatedUnion('backend', [
    z.strictObject({ backend: z.literal('local') }),
    z.strictObject({
      backend: z.literal('s3'),
      bucket: bucketNameSchema.describe('Bucket of the state, as the bootstrap stack makes it.'),
      region: regionSchema.describe('Region of that bucket.'),
      key_prefix: stateKeyPrefixSchema,
    }),
  ])
  .describe('Where Terraform keeps what it knows: files on this machine, or a bucket with a lock file.');

export const environmentSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where editors find the schema of this file.'),
    name: nameSchema
      .default(ENVIRONMENT_DEFAULTS.name)
      .describe('First part of every resource name; the second is the name of this file.'),
    region: regionSchema,
    account_id: accountIdSchema
      .optional()
      .describe(
        'The one AWS account that it may be deployed to. Without it: whichever the credentials are of.',
      ),
    pipeline: z.string().min(1).describe('Path of the pipeline file, relative to this file.'),
    mode: z
      .enum(['direct', 'orchestrated'])
      .default(ENVIRONMENT_DEFAULTS.mode)
      .describe(
        'Who runs the pipeline: one function, or a state machine over a queue, for thousands of locations and years of history.',
      ),
    tags: tagsSchema,
    schedule: scheduleSchema.prefault({}),
    freshness: freshnessSchema.prefault({}),
    alerts: alertsSchema,
    retention: retentionSchema.prefault({}),
    encryption: encryptionSchema.describe(
      "Who holds the keys: AWS's own, or a key of the project's in KMS, which costs by month and use.",
    ),
    kms_key_arn: keyArnSchema
      .optional()
      .describe('That key, as the bootstrap stack makes it. Without it the lake makes one of its own.'),
    protect_from_destroy: z
      .boolean()
      .describe('Whether destroying is refused. Without it, destroying deletes full buckets too.'),
    state: stateSchema.prefault({ backend: 'local' }),
    source_url: z
      .url({ protocol: /^https?$/, error: 'must be a URL that begins with https:// or http://' })
      .optional()
      .describe("Another server with Open-Meteo's contract."),
    api_key_secret_arn: secretArnSchema
      .optional()
      .describe('Secret with the API key; a keyed plan needs it.'),
    api_key_secret_kms_key_arn: keyArnSchema
      .optional()
      .describe("Key in KMS that the secret lies under, where that is not AWS's own for Secrets Manager."),
    permissions_boundary_arn: policyArnSchema
      .optional()
      .describe('Policy that bounds every role made here, as the bootstrap stack makes it.'),
    athena_scan_limit_mib: z
      .number()
      .int()
      .min(10)
      .max(7_340_032)
      .default(ENVIRONMENT_DEFAULTS.athenaScanLimitMib)
      .describe('Most that one Athena query may read; one that would read more is stopped.'),
    function: functionSchema.prefault({}),
  })
  .describe('An environment: where and how a pipeline is deployed.');
