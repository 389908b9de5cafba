/** A number that the estimates rest on. */
export interface Measure {
  readonly value: number;
  readonly unit: string;
  /** `assumed`: never measured where it matters. */
  readonly basis: 'measured' | 'documented' | 'assumed';
  /** Where and when. */
  readonly origin: string;
}

/** What functions take for their work. Calls are counted one after the other, so that the times are upper bounds. */
export const MEASURES = {
  /** Body bytes to Parquet bytes. */
  msPerMillionValues: {
    value: 74,
    unit: 'ms on one processor',
    basis: 'measured',
    origin: 'npm run bench, 876,000 values in 65 ms on a shared Xeon core, 2026-11',
  },
  /** Counts, keys, checks and the rest of what an object costs beside its values. */
  msPerObject: {
    value: 7,
    unit: 'ms on one processor',
    basis: 'measured',
    origin: 'npm run bench, three objects and a manifest in 28 ms, writes included, 2026-11',
  },
  mibPerProcessor: {
    value: 1_769,
    unit: 'MiB of memory that come with a whole processor',
    basis: 'documented',
    origin: 'Lambda developer guide, 2026-11',
  },
  msPerBucketCall: { value: 30, unit: 'ms', basis: 'assumed', origin: 'S3 from a function of its region' },
  msPerInvocation: { value: 50, unit: 'ms', basis: 'assumed', origin: 'set-up and logs; few are cold' },
  sourceSecondsPerRequest: {
    value: 2,
    unit: 's from the request to the last byte of its answer',
    basis: 'assumed',
    origin: 'Open-Meteo, a hundred locations',
  },
  logBytesPerInvocation: { value: 3_000, unit: 'bytes', basis: 'assumed', origin: 'five lines of JSON' },
  logBytesPerTransition: {
    value: 1_500,
    unit: 'bytes',
    basis: 'assumed',
    origin: "three events of a state machine's log, without data",
  },
  accessLogBytesPerBucketCall: {
    value: 700,
    unit: 'bytes',
    basis: 'assumed',
    origin: 'a line of an access log of S3, with a long key; its delivery costs nothing',
  },
  tracesPerInvocation: {
    value: 1,
    unit: 'traces',
    basis: 'assumed',
    origin: 'an upper bound: X-Ray samples one call a second and 5 % of the others',
  },
  keyCallsPerBucketCall: {
    value: 0.01,
    unit: 'requests',
    basis: 'documented',
    origin: 'S3 user guide, Bucket Keys: up to 99 % fewer requests to KMS, 2026-11',
  },
  /** Lambda asks a queue all the time, five times at once, 20 s each. */
  idleQueueCallsPerMonth: {
    value: 657_000,
    unit: 'requests',
    basis: 'documented',
    origin: 'Lambda developer guide, SQS event sources, 2026-11',
  },
} as const satisfies Record<string, Measure>;

/** What a deployed environment has, whatever it does: watched parts by the month. */
export const DEPLOYED = {
  alarms: 31,
  /** An alarm on an expression looks at several. */
  alarmMetrics: 33,
  dashboards: 1,
  metrics: 16,
  /** Of the project's own in KMS, as `"encryption": "KMS"` has it. */
  keys: 1,
  /** With the API key of a keyed plan. */
  secrets: 1,
  /** Days that access logs are kept. */
  accessLogDays: 365,
} as const;
