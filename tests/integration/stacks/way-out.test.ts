import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const MODULE = resolve(__dirname, '../../../way-out/differences.mjs');

interface Found {
  readonly expected: readonly { readonly path: string }[];
  readonly unexpected: readonly { readonly path: string }[];
}

function differences(ours: unknown, theirs: unknown): Found {
  const code = `
    const { differences } = await import(${JSON.stringify(MODULE)});
    process.stdout.write(JSON.stringify(differences(${JSON.stringify(ours)}, ${JSON.stringify(theirs)})));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

const FILE = 'stacks/weather-lake-dev/cdk.tf.json';
const synth = (version: string, resource: unknown) => ({
  'manifest.json': { version },
  [FILE]: {
    '//': { metadata: { version } },
    resource,
    terraform: { required_providers: { aws: { version, source: 'hashicorp/aws' } } },
  },
});

describe('the comparison with the fork', () => {
  it('lets versions and stamps differ', () => {
    const { expected, unexpected } = differences(synth('1', {}), synth('2', {}));

    expect(expected).toHaveLength(3);
    expect(unexpected).toEqual([]);
  });

  it.each([
    ['a value', { bucket: { version: '1' } }, { bucket: { version: '2' } }, 'bucket/version'],
    ['a missing resource', { bucket: {} }, {}, 'bucket'],
    ['another resource', {}, { bucket: {} }, 'bucket'],
    ['a list that is longer', { tags: ['a'] }, { tags: ['a', 'b'] }, 'tags/1'],
    ['a list where an object was', { tags: [] }, { tags: {} }, 'tags'],
    ['null where an object was', { tags: {} }, { tags: null }, 'tags'],
  ])('finds %s', (_, ours, theirs, path) => {
    const { unexpected } = differences(synth('1', ours), synth('2', theirs));

    expect(unexpected.map((found) => found.path)).toEqual([`${FILE}/resource/${path}`]);
  });

  it('finds a stack that one of them lacks', () => {
    expect(differences(synth('1', {}), { 'manifest.json': { version: '1' } }).unexpected).toHaveLength(1);
  });
});
