/** What each role must have been seen to do, by the names of the roles without the prefix of their environment. */
export const ACTIONS = {
  'plan-run': ['s3:GetObject', 's3:PutObject', 's3:ListBucket', 'logs:PutLogEvents'],
  'fetch-weather': [
    's3:GetObject',
    's3:PutObject',
    's3:ListBucket',
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:SendMessage',
    'states:SendTaskSuccess',
    'states:SendTaskFailure',
    'logs:PutLogEvents',
  ],
  'transform-weather': ['s3:GetObject', 's3:PutObject', 'logs:PutLogEvents'],
  'publish-run': ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket', 'logs:PutLogEvents'],
  'watch-freshness': ['s3:GetObject', 'logs:PutLogEvents'],
  /** Of the state machine. */
  ingest: ['s3:GetObject', 'lambda:InvokeFunction', 'sqs:SendMessage'],
} as const;
export type RoleKind = keyof typeof ACTIONS;

const DAY = 'date=2026-01-01';
const ANSWER = '2026-01-01_2026-01-01/a.json.gz';
const PUBLISHED = `processed:weather_hourly/${DAY}/weather-daily.00000.parquet`;
const MANIFEST = `processed:_manifests/weather-daily/${DAY}.json`;
const STAGED_BY_ANOTHER = 'processed:_staging/air-quality/run/a.json';
const SECRET = 'secret:open-meteo-AbCdEf';

/** What would harm another pipeline, or the pipeline itself: role, action, and where. */
export const NEVER = [
  ['plan-run', 's3:PutObject', MANIFEST],
  ['plan-run', 's3:PutObject', PUBLISHED],
  ['plan-run', 's3:PutObject', STAGED_BY_ANOTHER],
  ['plan-run', 's3:PutObject', `raw:weather-daily/${ANSWER}`],
  ['plan-run', 's3:GetObject', 'raw:config/air-quality.json'],
  ['plan-run', 'sqs:SendMessage', 'queue:weather-dev-requests.fifo'],
  ['plan-run', 'secretsmanager:GetSecretValue', SECRET],
  ['fetch-weather', 's3:PutObject', PUBLISHED],
  ['fetch-weather', 's3:PutObject', MANIFEST],
  ['fetch-weather', 's3:PutObject', STAGED_BY_ANOTHER],
  ['fetch-weather', 's3:PutObject', `raw:air-quality/${ANSWER}`],
  ['fetch-weather', 's3:PutObject', 'raw:config/weather-daily.json'],
  ['fetch-weather', 's3:DeleteObject', `raw:weather-daily/${ANSWER}`],
  ['fetch-weather', 'sqs:ReceiveMessage', 'queue:weather-dev-requests-dead.fifo'],
  ['fetch-weather', 'sqs:SendMessage', 'queue:weather-prod-requests.fifo'],
  ['fetch-weather', 'states:StartExecution', 'machine:weather-dev-ingest'],
  // That of the environment has no key.
  ['fetch-weather', 'secretsmanager:GetSecretValue', SECRET],
  ['transform-weather', 's3:PutObject', PUBLISHED],
  ['transform-weather', 's3:PutObject', MANIFEST],
  ['transform-weather', 's3:PutObject', STAGED_BY_ANOTHER],
  ['transform-weather', 's3:PutObject', `raw:weather-daily/${ANSWER}`],
  ['transform-weather', 's3:GetObject', `raw:air-quality/${ANSWER}`],
  ['transform-weather', 's3:PutObject', 'processed:_quota/api.open-meteo.com.free.json'],
  ['transform-weather', 's3:DeleteObject', 'processed:_staging/weather-daily/run/a.json'],
  ['transform-weather', 'secretsmanager:GetSecretValue', SECRET],
  ['transform-weather', 'sqs:SendMessage', 'queue:weather-dev-requests.fifo'],
  ['publish-run', 's3:DeleteObject', `raw:weather-daily/${ANSWER}`],
  ['publish-run', 's3:GetObject', `raw:weather-daily/${ANSWER}`],
  ['publish-run', 's3:DeleteObject', MANIFEST],
  ['publish-run', 's3:PutObject', `processed:_manifests/air-quality/${DAY}.json`],
  ['publish-run', 's3:PutObject', `processed:weather_hourly/${DAY}/air-quality.00000.parquet`],
  ['publish-run', 's3:DeleteObject', `processed:weather_hourly/${DAY}/air-quality.00000.parquet`],
  ['publish-run', 's3:PutObject', `processed:air_quality/${DAY}/weather-daily-2.00000.parquet`],
  ['publish-run', 'secretsmanager:GetSecretValue', SECRET],
  ['watch-freshness', 's3:PutObject', MANIFEST],
  ['watch-freshness', 's3:GetObject', PUBLISHED],
  ['watch-freshness', 'states:StartExecution', 'machine:weather-dev-ingest'],
  ['ingest', 'lambda:InvokeFunction', 'function:weather-dev-watch-freshness'],
  ['ingest', 'lambda:InvokeFunction', 'function:weather-dev-fetch-weather'],
  ['ingest', 'lambda:InvokeFunction', 'function:weather-prod-plan-run'],
  ['ingest', 'sqs:SendMessage', 'queue:weather-dev-requests-dead.fifo'],
  ['ingest', 'sqs:SendMessage', 'queue:weather-dev-dead-letters'],
  ['ingest', 'sqs:SendMessage', 'queue:weather-prod-requests.fifo'],
  ['ingest', 'sqs:ReceiveMessage', 'queue:weather-dev-requests.fifo'],
  ['ingest', 's3:GetObject', `raw:weather-daily/${ANSWER}`],
  ['ingest', 's3:GetObject', STAGED_BY_ANOTHER],
  ['ingest', 's3:GetObject', MANIFEST],
  ['ingest', 's3:PutObject', 'processed:_staging/weather-daily/run/a.json'],
  ['ingest', 'states:StartExecution', 'machine:weather-prod-ingest'],
  ['ingest', 'states:SendTaskSuccess', 'machine:weather-dev-ingest'],
] as const;

/** Prefixes: that of the whole bucket, and what others wrote. */
export const NEVER_LISTED = [null, '', '_manifests/air-quality/', '_staging/air-quality/', 'air-quality/'];
