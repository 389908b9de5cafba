import {
  type PolicyException,
  readPolicyExceptions,
  speaksOf,
} from '../../scripts/policies/policy-exceptions';
import { environmentOf, type Json } from '../environment/environment-of';

const exceptionOf = (parts: Partial<PolicyException>): PolicyException => ({
  controls: ['AWS-0135'],
  resource: 'weather-ingest-*/aws_sqs_queue.*',
  reason: 'because of a reason that is long enough',
  ...parts,
});
const environmentsOf = (files: Readonly<Record<string, Json>>) =>
  new Map(Object.entries(files).map(([name, parts]) => [name, environmentOf(parts, name)]));

describe('an exception', () => {
  it.each([
    ['encryption is SSE-S3', { encryption: 'SSE-S3' }, { encryption: 'KMS' }],
    [
      'logs are kept for less than a year',
      { retention: { log_days: 180 } },
      { retention: { log_days: 365 } },
    ],
    [
      'state is local',
      { state: { backend: 'local' } },
      { state: { backend: 's3', bucket: 'any-state', region: 'eu-central-1' } },
    ],
  ] as const)(
    'where %s speaks of environments by what their files say, whatever their names',
    (where, staging, live) => {
      const environments = environmentsOf({ staging, live });
      const speaks = (stack: string) =>
        speaksOf(exceptionOf({ where }), `${stack}/aws_sqs_queue.One`, environments);

      expect(['weather-ingest-staging', 'weather-ingest-live', 'weather-bootstrap'].map(speaks)).toEqual([
        true,
        false,
        false,
      ]);
    },
  );

  it('without a condition speaks of every environment', () => {
    expect(speaksOf(exceptionOf({}), 'weather-ingest-any/aws_sqs_queue.One', new Map())).toBe(true);
  });
});

it('no exception names an environment', () => {
  const named = readPolicyExceptions().filter(({ resource }) =>
    /^weather-(ingest|lake|\*)-(?!\*)/.test(resource),
  );

  expect(named).toEqual([]);
});

it('the reason for one region says that raw answers cannot be made again', () => {
  const [oneRegion] = readPolicyExceptions().filter(({ controls }) => controls.includes('CKV_AWS_144'));

  expect(oneRegion?.reason).toContain('raw answers cannot be made again');
});
