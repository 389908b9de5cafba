import { ConfigError } from '../../../core/errors';
import { readConfig as readFetchConfig } from '../../../handlers/fetch-weather/config';
import type { FetchEnvironment } from '../../../handlers/fetch-weather/contract';
import { readConfig as readIngestConfig } from '../../../handlers/ingest-weather-daily/config';
import type { IngestEnvironment } from '../../../handlers/ingest-weather-daily/contract';
import { readConfig as readPlanConfig } from '../../../handlers/plan-run/config';
import type { PlanEnvironment } from '../../../handlers/plan-run/contract';
import { readConfig as readPublishConfig } from '../../../handlers/publish-run/config';
import type { PublishEnvironment } from '../../../handlers/publish-run/contract';
import { readConfig as readTransformConfig } from '../../../handlers/transform-weather/config';
import type { TransformEnvironment } from '../../../handlers/transform-weather/contract';
import { readConfig as readFreshnessConfig } from '../../../handlers/watch-freshness/config';
import type { FreshnessEnvironment } from '../../../handlers/watch-freshness/contract';

const POWERTOOLS = {
  POWERTOOLS_SERVICE_NAME: 'service',
  POWERTOOLS_METRICS_NAMESPACE: 'IngestWeather',
  POWERTOOLS_LOG_LEVEL: 'INFO',
};
const COMMON = {
  RAW_BUCKET: 'raw',
  PROCESSED_BUCKET: 'processed',
  PIPELINE_KEY: 'config/weather-daily.json',
  ENVIRONMENT: 'dev',
  ...POWERTOOLS,
};
const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:key-AbCdEf';

const problemsOf = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
};

describe('the configuration of ingest-weather-daily', () => {
  test('is what its contract says, with and without what may be left out', () => {
    const environment: IngestEnvironment = COMMON;
    const whole: IngestEnvironment = {
      ...COMMON,
      API_KEY_SECRET_ARN: SECRET,
      SOURCE_URL: 'http://127.0.0.1:8080',
    };

    expect(readIngestConfig({ ...environment })).toEqual({
      rawBucket: 'raw',
      processedBucket: 'processed',
      pipelineKey: 'config/weather-daily.json',
      environment: 'dev',
      apiKeySecretArn: undefined,
      sourceUrl: undefined,
    });
    expect(readIngestConfig({ ...whole })).toMatchObject({
      apiKeySecretArn: SECRET,
      sourceUrl: 'http://127.0.0.1:8080',
    });
  });

  test('tells every variable that is missing or wrong at once', () => {
    const wrong = {
      RAW_BUCKET: '',
      PIPELINE_KEY: 'weather-daily.json',
      API_KEY_SECRET_ARN: 'the-key-itself',
      SOURCE_URL: 'localhost',
    };

    expect(problemsOf(() => readIngestConfig(wrong)).sort()).toEqual([
      'API_KEY_SECRET_ARN',
      'ENVIRONMENT',
      'PIPELINE_KEY',
      'PROCESSED_BUCKET',
      'RAW_BUCKET',
      'SOURCE_URL',
    ]);
  });
});

test('a key that stands where its ARN should be is not told', () => {
  const read = () => readIngestConfig({ ...COMMON, API_KEY_SECRET_ARN: 'the-key-itself' });

  expect(read).toThrow(/API_KEY_SECRET_ARN: must be the ARN of a secret/);
  expect(read).not.toThrow(/the-key-itself/);
});

describe('the configuration of watch-freshness', () => {
  test('is what its contract says', () => {
    const environment: FreshnessEnvironment = { ...COMMON, DEADLINE_HOUR: '12' };

    expect(readFreshnessConfig({ ...environment })).toEqual({
      rawBucket: 'raw',
      processedBucket: 'processed',
      pipelineKey: 'config/weather-daily.json',
      environment: 'dev',
      deadlineHour: 12,
    });
  });

  test.each(['0', '9', '19', '23'])('takes the hour %s', (DEADLINE_HOUR) => {
    expect(readFreshnessConfig({ ...COMMON, DEADLINE_HOUR }).deadlineHour).toBe(Number(DEADLINE_HOUR));
  });

  test.each(['24', '-1', '', '7.5', 'noon'])('refuses the hour %j', (DEADLINE_HOUR) => {
    expect(problemsOf(() => readFreshnessConfig({ ...COMMON, DEADLINE_HOUR }))).toEqual(['DEADLINE_HOUR']);
  });
});

describe('the configuration of the functions of an orchestrated run', () => {
  const place = {
    rawBucket: 'raw',
    processedBucket: 'processed',
    pipelineKey: 'config/weather-daily.json',
    environment: 'dev',
  };
  const SOURCE_URL = 'http://127.0.0.1:8080';

  test('is what the contract of plan-run says', () => {
    const environment: PlanEnvironment = { ...COMMON, SOURCE_URL };

    expect(readPlanConfig({ ...environment })).toEqual({ ...place, sourceUrl: SOURCE_URL });
    expect(readPlanConfig({ ...COMMON }).sourceUrl).toBeUndefined();
  });

  test('is what the contract of fetch-weather says, and both queues must be there', () => {
    const BUFFER_QUEUE_URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/requests.fifo';
    const DEAD_LETTER_QUEUE_URL = 'https://sqs.eu-central-1.amazonaws.com/123456789012/dead.fifo';
    const environment: FetchEnvironment = {
      ...COMMON,
      BUFFER_QUEUE_URL,
      DEAD_LETTER_QUEUE_URL,
      SOURCE_URL,
      API_KEY_SECRET_ARN: SECRET,
    };

    expect(readFetchConfig({ ...environment })).toEqual({
      ...place,
      bufferQueueUrl: BUFFER_QUEUE_URL,
      deadLetterQueueUrl: DEAD_LETTER_QUEUE_URL,
      sourceUrl: SOURCE_URL,
      apiKeySecretArn: SECRET,
    });
    expect(problemsOf(() => readFetchConfig({ ...COMMON })).sort()).toEqual([
      'BUFFER_QUEUE_URL',
      'DEAD_LETTER_QUEUE_URL',
    ]);
  });

  test('is what the contracts of transform-weather and publish-run say', () => {
    const transform: TransformEnvironment = COMMON;
    const publish: PublishEnvironment = COMMON;

    expect(readTransformConfig({ ...transform })).toEqual(place);
    expect(readPublishConfig({ ...publish })).toEqual(place);
  });
});
