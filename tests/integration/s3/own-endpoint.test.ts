import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findOwnEndpoint } from '../../../adapters/s3/own-endpoint';

describe('the address of a server in the place of S3', () => {
  const before = process.env;
  const folder = mkdtempSync(join(tmpdir(), 'own-endpoint-'));
  const config = join(folder, 'config');
  beforeAll(() => {
    const text = [
      '[default]',
      'endpoint_url = http://default',
      '[profile none]',
      'region = eu-central-1',
      '',
    ];
    writeFileSync(config, text.join('\n'));
  });
  afterEach(() => {
    process.env = before;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ['the variable of S3', { AWS_ENDPOINT_URL_S3: 'http://s3', AWS_ENDPOINT_URL: 'http://all' }, 'http://s3'],
    ['the variable of all services', { AWS_ENDPOINT_URL: 'http://all' }, 'http://all'],
    [
      'the variable before the profile',
      { AWS_ENDPOINT_URL: 'http://all', AWS_PROFILE: 'default' },
      'http://all',
    ],
    ['the profile', { AWS_PROFILE: 'default' }, 'http://default'],
    ['nothing', { AWS_PROFILE: 'none' }, undefined],
    ['an empty variable', { AWS_ENDPOINT_URL: '', AWS_PROFILE: 'none' }, undefined],
    [
      'nothing, where configured addresses are to be ignored',
      {
        AWS_ENDPOINT_URL_S3: 'http://s3',
        AWS_PROFILE: 'default',
        AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      },
      undefined,
    ],
  ])('comes from %s', async (_, variables, expected) => {
    process.env = {
      AWS_PROFILE: 'none',
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      ...variables,
    };

    expect(await findOwnEndpoint()).toBe(expected);
  });
});
