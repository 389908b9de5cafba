import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readBootstrapFile } from '../../adapters/filesystem/bootstrap-file';
import { environmentFiles, readEnvironmentFile } from '../../adapters/filesystem/environment-file';
import { parsePipeline } from '../../core/pipeline/parse-pipeline';
import { SHORTEST_ENVIRONMENT } from '../environment/environment-of';

const RESOURCES = resolve(__dirname, '../../resources');

describe('environment files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'environments-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const write = (name: string, json: unknown) => writeFile(join(folder, name), JSON.stringify(json));

  it('those of the project are without a mistake, and found by their names', async () => {
    const files = await environmentFiles(join(RESOURCES, 'environments'));

    const read = await Promise.all(files.map(readEnvironmentFile));

    expect(read.map(({ environment }) => environment.environment)).toEqual(['dev', 'prod']);
  });

  it('carry the pipeline with its locations inline, so that it stands by itself', async () => {
    await write('test.json', {
      ...SHORTEST_ENVIRONMENT,
      pipeline: join(RESOURCES, 'pipelines/weather-daily.json'),
    });

    const { pipeline, json } = await readEnvironmentFile(join(folder, 'test.json'));

    expect(parsePipeline(json)).toEqual(pipeline);
  });

  it('must name a secret when the pipeline has a keyed plan', async () => {
    const { json } = await readEnvironmentFile(join(RESOURCES, 'environments/dev.json'));
    await write('keyed-pipeline.json', { ...json, source: { plan: 'keyed' } });
    await write('test.json', { ...SHORTEST_ENVIRONMENT, pipeline: 'keyed-pipeline.json' });

    await expect(readEnvironmentFile(join(folder, 'test.json'))).rejects.toMatchObject({
      name: 'ConfigError',
      problems: [{ path: 'api_key_secret_arn' }],
    });
  });

  it('are refused with a pipeline that outlasts their functions', async () => {
    await write('test.json', {
      ...SHORTEST_ENVIRONMENT,
      pipeline: join(RESOURCES, 'pipelines/weather-daily.json'),
      function: { timeout_seconds: 60 },
    });

    await expect(readEnvironmentFile(join(folder, 'test.json'))).rejects.toMatchObject({
      problems: [{ path: 'function.timeout_seconds', received: '60' }],
    });
  });

  const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;

  it.each([
    ['repeats a key', '{"region": "eu-central-1", "region": "eu-west-1"}', 'region: stands twice, at line 1'],
    ['is nested 20,000 deep', `{"tags": ${DEEP}}`, 'line 1, column 73: here values are nested deeper'],
    ['is not UTF-8', Buffer.from('{\n"name": "Zürich"}', 'latin1'), 'line 2, byte 11: here the file stops'],
  ])(
    'are refused with a sentence when one %s, and so is the file of the bootstrap',
    async (_, text, sentence) => {
      const path = join(folder, 'test.json');
      await writeFile(path, text);

      for (const read of [readEnvironmentFile, readBootstrapFile]) {
        const error = await read(path).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ name: 'ConfigError', message: expect.stringContaining(sentence) });
      }
    },
  );

  it('are missed by name and way out', async () => {
    await expect(environmentFiles(folder)).rejects.toThrow('copy resources/environments/dev.json');
    await expect(environmentFiles(join(folder, 'none'))).rejects.toThrow('cannot be listed (ENOENT)');
    await expect(readEnvironmentFile(join(folder, 'none.json'))).rejects.toThrow('there is no such file');
  });
});
