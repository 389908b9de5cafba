import { ConfigError } from '../../../../core/errors';
import { bootstrapOf } from '../../../environment/bootstrap-of';

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:open-meteo-AbCdEf';
const SECRET_KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const severalEnvironments = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`e${index}`, {}]));

describe('parseBootstrap', () => {
  it.each(['deploy', 'state'])(
    'takes no environment named %s, whose prefix its own resources have',
    (name) => {
      expect(() => bootstrapOf({ environments: { dev: {}, [name]: {} } })).toThrow(`environments.${name}`);
    },
  );

  it.each([
    [
      'more environments than the role that plans has policies for',
      { environments: severalEnvironments(11) },
      /environments: must have at most 10 environments/,
    ],
    [
      'ids in the name of the repository',
      { github_repository: 'meteo@9001/weather@42' },
      /github_repository: must be owner\/repository; the ids of both go into github_ids/,
    ],
    [
      'the id of the owner alone',
      { github_ids: { owner: 9001 } },
      /github_ids\.repository: must be a number, and is missing/,
    ],
    [
      'ids by a pattern',
      { github_ids: { owner: '*', repository: 42 } },
      /github_ids\.owner: must be a number/,
    ],
    ['an id that there cannot be', { github_ids: { owner: 0, repository: 42 } }, /github_ids\.owner/],
    ['no environment', { environments: {} }, /environments: must have at least one/],
    ['a list of environments', { environments: ['dev'] }, /environments: must be an object/],
    [
      'secrets by a pattern',
      { environments: { dev: { api_key_secret_arn: SECRET.replace('open-meteo', '*') } } },
      /environments\.dev\.api_key_secret_arn: must be the whole ARN of a secret/,
    ],
    [
      'the key of no secret',
      { environments: { dev: { api_key_secret_kms_key_arn: SECRET_KEY } } },
      /environments\.dev\.api_key_secret_kms_key_arn: there is no secret under it/,
    ],
    [
      'a secret longer than policies take',
      { environments: { dev: { api_key_secret_arn: SECRET.replace('open', 'o'.repeat(600)) } } },
      /environments\.dev\.api_key_secret_arn: must have at most 640 characters/,
    ],
    [
      'a region that there cannot be',
      { region: 'eu-centralcentral-north-1' },
      /region: must have at most 20/,
    ],
    ['a region in China', { region: 'cn-north-1' }, /region: cn-north-1 lies in a partition of AWS in which/],
    ['a region of GovCloud', { region: 'us-gov-east-1' }, /region: us-gov-east-1 lies in a partition/],
    [
      'the alias of a key',
      {
        environments: {
          dev: {
            api_key_secret_arn: SECRET,
            api_key_secret_kms_key_arn: SECRET_KEY.replace('key/', 'alias/'),
          },
        },
      },
      /environments\.dev\.api_key_secret_kms_key_arn: must be the ARN of a key/,
    ],
    [
      'a bucket of states that deploys to dev could change',
      { state_bucket: 'weather-dev-state' },
      /state_bucket: begins as the buckets of dev do/,
    ],
    [
      'a folder longer than policies take',
      { state_key_prefix: `${'f'.repeat(256)}/` },
      /at most 256 characters/,
    ],
  ])('takes no file with %s', (_, parts, message) => {
    expect(() => bootstrapOf(parts)).toThrow(message);
  });

  it('takes as many environments as the role that plans has policies for', () => {
    expect(Object.keys(bootstrapOf({ environments: severalEnvironments(10) }).environments)).toHaveLength(10);
  });

  it('tells all mistakes of its file at once', () => {
    const mistakes = {
      github_repository: 'weather',
      environments: { 'my-dev': {}, dev: { api_key_secret_kms_key_arn: SECRET_KEY } },
      state_bucket: 'weather-dev-state',
    };

    expect(() => bootstrapOf(mistakes)).toThrow(ConfigError);
    expect(() => bootstrapOf(mistakes)).toThrow(
      /github_repository.*environments\.my-dev.*environments\.dev\.api_key.*state_bucket/s,
    );
  });
});
