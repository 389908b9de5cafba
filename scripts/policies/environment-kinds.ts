const ARN = { region: 'eu-central-1', account: '123456789012' } as const;
const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${ARN.region}:${ARN.account}:${resource}`;
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The smallest there is; nothing that is checked depends on what a pipeline holds. */
export const PIPELINE = {
  name: 'any-weather',
  schema_version: 1,
  locations: [{ id: 'berlin', name: 'Berlin', latitude: 52.52, longitude: 13.41, timezone: 'Europe/Berlin' }],
  tables: [
    { name: 'weather_hourly', section: 'hourly', columns: [{ source: 'temperature_2m', unit: '°C' }] },
  ],
};
export const KEYED_PIPELINE = { ...PIPELINE, source: { plan: 'keyed' } };

const COMMON = { region: ARN.region, alerts: { emails: ['on-call@example.com'] } };
const OPEN = {
  ...COMMON,
  pipeline: './pipelines/free.json',
  encryption: 'SSE-S3',
  protect_from_destroy: false,
  retention: { log_days: 30 },
  state: { backend: 'local' },
};
const CLOSED = {
  ...COMMON,
  pipeline: './pipelines/free.json',
  encryption: 'KMS',
  protect_from_destroy: true,
  retention: { log_days: 365 },
  state: { backend: 's3', bucket: 'any-terraform-state', region: ARN.region },
};
/** What the bootstrap is told of the secret, too. */
const SECRET = {
  api_key_secret_arn: arn('secretsmanager', 'secret:open-meteo-AbCdEf'),
  api_key_secret_kms_key_arn: arn('kms', `key/${KEY}`),
};
const KEYED = {
  ...CLOSED,
  ...SECRET,
  pipeline: './pipelines/keyed.json',
  kms_key_arn: arn('kms', `key/${KEY.replace('1', '2')}`),
  permissions_boundary_arn: `arn:aws:iam::${ARN.account}:policy/weather-any-boundary`,
};

/** Environment files by name: one of every kind, whichever the repository has. */
export const ENVIRONMENT_KINDS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  direct: { ...OPEN, mode: 'direct' },
  orchestrated: { ...OPEN, mode: 'orchestrated' },
  directkms: { ...CLOSED, mode: 'direct' },
  runkms: { ...CLOSED, mode: 'orchestrated' },
  directkeyed: { ...KEYED, mode: 'direct' },
  runkeyed: { ...KEYED, mode: 'orchestrated' },
};

/** What the bootstrap's file says of environments without a key, with one, and with a secret. */
export const BOOTSTRAP_KINDS = {
  orchestrated: {},
  runkms: { encryption: 'KMS' },
  runkeyed: { encryption: 'KMS', ...SECRET },
};
