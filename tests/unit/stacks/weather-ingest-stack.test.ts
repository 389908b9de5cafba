import { sha256 } from '../../../core/hash';
import { parseDeployedPipeline, parsePipeline } from '../../../core/pipeline/parse-pipeline';
import { deployedDocument } from '../../../core/pipeline/pipeline-object';
import { readConfig as readIngestConfig } from '../../../handlers/ingest-weather-daily/config';
import { readConfig as readFreshnessConfig } from '../../../handlers/watch-freshness/config';
import { FRESHNESS_SCHEDULE } from '../../../stacks/weather-ingest-stack';
import { type DeploymentParts, resourceAt, resourcesOf, synthesizeDeployment } from '../../stacks/synthesize';
import { BERLIN, HOURLY, pipelineOf } from '../../weather/pipeline-of';

const SECRET_KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:open-meteo-AbCdEf';

function ingestOf(environment: DeploymentParts['environment'] = {}, parts: DeploymentParts = {}) {
  return synthesizeDeployment({ ...parts, environment }).ingest;
}

/** The environment of a function as it will be read, each bucket by what Terraform knows it as. */
function environmentOf(stack: ReturnType<typeof ingestOf>, path: string): Record<string, string> {
  const { environment } = resourceAt(stack, path) as { environment: { variables: Record<string, string> } };
  return environment.variables;
}

describe('the ingest', () => {
  it('gives both functions an environment that they can read', () => {
    const ingest = ingestOf({ freshness: { deadline_hour: 7 } });

    expect(readIngestConfig(environmentOf(ingest, 'Ingest/Function'))).toMatchObject({
      rawBucket: expect.stringContaining('Raw_Bucket'),
      processedBucket: expect.stringContaining('Processed_Bucket'),
      pipelineKey: 'config/test.json',
      environment: 'test',
      apiKeySecretArn: undefined,
      sourceUrl: undefined,
    });
    expect(readFreshnessConfig(environmentOf(ingest, 'Freshness/Function'))).toMatchObject({
      pipelineKey: 'config/test.json',
      deadlineHour: 7,
    });
  });

  it('names secret and server where the environment does, and lets the function read that secret alone', () => {
    const pipeline = pipelineOf({ source: { plan: 'keyed' } });
    const ingest = ingestOf({ api_key_secret_arn: SECRET, source_url: 'https://weather.test' }, { pipeline });

    expect(readIngestConfig(environmentOf(ingest, 'Ingest/Function'))).toMatchObject({
      apiKeySecretArn: SECRET,
      sourceUrl: 'https://weather.test',
    });
    expect(resourceAt(ingest, 'Ingest/Role/Policy').policy).toContain(`"Resource":["${SECRET}"]`);
    expect(resourceAt(ingest, 'Freshness/Role/Policy').policy).not.toContain('secretsmanager');
  });

  it('decrypts that secret, and nothing else, by a key of its own', () => {
    const pipeline = pipelineOf({ source: { plan: 'keyed' } });
    const secret = { api_key_secret_arn: SECRET, api_key_secret_kms_key_arn: SECRET_KEY };
    const policyOf = (environment: typeof secret, parts: DeploymentParts) =>
      JSON.parse(resourceAt(ingestOf(environment, parts), 'Ingest/Role/Policy').policy as string);

    expect(policyOf(secret, { pipeline }).Statement).toContainEqual({
      Sid: 'DecryptSecret',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [SECRET_KEY],
      Condition: { StringEquals: { 'kms:EncryptionContext:SecretARN': SECRET } },
    });
    expect(JSON.stringify(policyOf(secret, {}))).not.toContain('kms:Decrypt');
  });

  it('reads no secret on the free plan, whatever the environment names', () => {
    expect(ingestOf({ api_key_secret_arn: SECRET }).text).not.toContain('secretsmanager');
  });

  it('deploys the pipeline as a document that stands by itself and parses back', () => {
    const json = {
      $schema: './pipeline.schema.json',
      name: 'test',
      description: 'costs ${much} and %{more}',
      schema_version: 1,
      locations: [BERLIN],
      tables: [HOURLY],
    };

    const { key, content } = resourceAt(ingestOf({}, { json }), 'Pipeline/Object') as Record<string, string>;

    expect(key).toBe('config/test.json');
    expect(content).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
    const stored = content!.replaceAll('$${', '${').replaceAll('%%{', '%{');
    const document = JSON.parse(stored);
    expect(document).toEqual(deployedDocument(json));
    expect(document).not.toHaveProperty('$schema');
    expect(document.locations).toEqual([{ ...BERLIN, utc_offset_hours: 1 }]);
    const [berlin] = parsePipeline(json).locations;
    expect(parseDeployedPipeline(document, 'Mistakes:')).toEqual({
      ...parsePipeline(json),
      locations: [{ ...berlin, utc_offset_hours: 1 }],
    });
  });

  it("marks the pipeline's object with the hash of its content, which is all that Terraform reads back of it", () => {
    const json = { name: 'test', description: 'costs ${much}', locations: [BERLIN] };
    const document = deployedDocument(json, pipelineOf({ locations: [BERLIN] }));

    const { metadata } = resourceAt(ingestOf({}, { json }), 'Pipeline/Object');

    expect(metadata).toEqual({ sha256: sha256(`${JSON.stringify(document, null, 2)}\n`) });
  });

  it('runs by the schedule of the environment, with the time of the schedule as its event', () => {
    const schedule = {
      expression: 'cron(0 6 * * ? *)',
      timezone: 'Europe/Berlin',
      flexible_window_minutes: 15,
    };

    const ingest = ingestOf({ schedule });

    expect(resourceAt(ingest, 'IngestSchedule/Schedule')).toMatchObject({
      schedule_expression: schedule.expression,
      schedule_expression_timezone: schedule.timezone,
      flexible_time_window: { mode: 'FLEXIBLE', maximum_window_in_minutes: 15 },
      state: 'ENABLED',
      target: { input: '{"scheduled_time":"<aws.scheduler.scheduled-time>"}' },
    });
    expect(resourceAt(ingest, 'FreshnessSchedule/Schedule')).toMatchObject({
      schedule_expression: FRESHNESS_SCHEDULE,
      target: { input: '{"scheduled_time":"<aws.scheduler.scheduled-time>"}' },
    });
  });

  it('keeps both schedules still where the environment says so', () => {
    const schedules = resourcesOf(ingestOf({ schedule: { enabled: false } }), 'aws_scheduler_schedule');

    expect(schedules.map(({ state }) => state)).toEqual(['DISABLED', 'DISABLED']);
  });

  it('sizes the function and keeps its logs as the environment says', () => {
    const ingest = ingestOf({
      function: { memory_mib: 2048, timeout_seconds: 600 },
      retention: { log_days: 7 },
    });

    expect(resourceAt(ingest, 'Ingest/Function')).toMatchObject({ memory_size: 2048, timeout: 600 });
    expect(resourcesOf(ingest, 'aws_cloudwatch_log_group').map((group) => group.retention_in_days)).toEqual([
      7, 7,
    ]);
  });

  it('bounds every role where the environment names a boundary', () => {
    const boundary = 'arn:aws:iam::123456789012:policy/weather-boundary';

    const roles = resourcesOf(ingestOf({ permissions_boundary_arn: boundary }), 'aws_iam_role');

    expect(roles.map((role) => role.permissions_boundary)).toEqual([boundary, boundary, boundary, boundary]);
  });

  it('points every alarm at the runbook of the environment and at the topic of the lake', () => {
    const ingest = ingestOf({
      alerts: { emails: ['on-call@weather.test'], runbook_url: 'https://weather.test/runbook' },
    });

    for (const alarm of resourcesOf(ingest, 'aws_cloudwatch_metric_alarm')) {
      expect(alarm.alarm_description).toMatch(/Runbook: https:\/\/weather\.test\/runbook#[a-z-]+$/);
      expect(alarm.alarm_actions).toEqual([expect.stringContaining('aws_sns_topicAlerts_Topic')]);
    }
  });

  it('is the same Terraform to the byte each time', () => {
    expect(ingestOf().text).toBe(ingestOf().text);
  });
});
