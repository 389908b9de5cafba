import { cp, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { bucketOnDisk, SPOILINGS, type Spoiling, sidecarOf } from '../../lake/spoil-raw';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

const DAY = '2025-03-02';
const FOLDER = `small/${DAY}_${DAY}`;
const CUT = SPOILINGS[0]![1];

let command: BuiltCommand;
let simulator: Simulator;
let pipeline: string;
let body: string;
let lakes = 0;

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator({ limits: false });
  pipeline = await command.write('small.json', SMALL_PIPELINE);
  for (const day of ['2025-03-01', DAY])
    await call('good', ['ingest', '--date', day, '--source-url', simulator.url]);
  const names = await readdir(join(command.folder, 'good/raw', FOLDER));
  body = `${FOLDER}/${names.find((name) => name.endsWith('.json.gz'))}`;
});

afterAll(async () => {
  await simulator.close();
  await command.remove();
});

const call = (lake: string, words: readonly string[]) =>
  command.call([...words, '--pipeline', pipeline, '--lake', lake, '--json']);

/** A copy of the lake, and the folder of its raw objects. */
async function copyOfLake() {
  const lake = `spoilt-${++lakes}`;
  await cp(join(command.folder, 'good'), join(command.folder, lake), { recursive: true });
  return { lake, raw: join(command.folder, lake, 'raw') };
}

async function spoiltLake(spoiling: Spoiling): Promise<string> {
  const { lake, raw } = await copyOfLake();
  await bucketOnDisk(raw).spoil(body, spoiling);
  return lake;
}

const FILE_SAYS: Readonly<Record<string, RegExp>> = {
  'gzip of something else': /is not the raw answer of its name: its hash differs/,
  'without its metadata': /is a raw answer without its metadata/,
};

describe('a raw folder that is replayed as files', () => {
  test.each(SPOILINGS)('is refused for a body that is %s, naming it', async (name, spoiling, says) => {
    const lake = await spoiltLake(spoiling);

    const ended = await call(`of-${lake}`, ['replay', `${lake}/raw/${FOLDER}`]);

    expect(ended.code).toBe(2);
    const { message } = documentOf(ended).error;
    expect(message).toMatch(FILE_SAYS[name] ?? says);
    expect(message).toContain(`${lake}/raw/${body}: `);
  });

  test('tells every damaged file of the folder at once', async () => {
    const { lake, raw } = await copyOfLake();
    const bodies = (await readdir(join(raw, FOLDER))).filter((name) => name.endsWith('.json.gz'));
    for (const name of bodies) await bucketOnDisk(raw).spoil(`${FOLDER}/${name}`, CUT);

    const ended = await call(`of-${lake}`, ['replay', `${lake}/raw/${FOLDER}`]);

    expect(bodies.length).toBeGreaterThan(1);
    expect(documentOf(ended).error.message.match(/is cut short/g)).toHaveLength(bodies.length);
  });

  test.each([
    ['is cut', '{"key":'],
    ['says neither true nor false', ''],
  ])('takes nothing for real whose sidecar %s', async (_, text) => {
    const { lake, raw } = await copyOfLake();
    const path = sidecarOf(raw, body);
    const info = (await bucketOnDisk(raw).store.head(body))!;
    const metadata = { [info.sha256]: { ...info.metadata, simulated: 'perhaps' } };
    await writeFile(path, text === '' ? JSON.stringify({ key: body, metadata }) : text);

    const ended = await call(`of-${lake}`, ['replay', `${lake}/raw/${body}`]);

    expect(ended.code).toBe(2);
    expect(documentOf(ended).error.message).toMatch(/is a raw answer without its metadata/);
  });
});

describe('a body that was cut', () => {
  test('ends the replay of its day with 7, is told by status, and the day is made again by what the error says', async () => {
    const lake = await spoiltLake(CUT);

    const replayed = await call(lake, ['replay', '--from', '2025-03-01', '--to', DAY]);
    const told = documentOf(await call(lake, ['status']));
    const forced = await call(lake, [
      ...['backfill', '--force', '--from', DAY, '--to', DAY],
      ...['--source-url', simulator.url],
    ]);
    const again = await call(lake, ['replay', '--date', DAY]);

    expect(documentOf(replayed)).toMatchObject({
      exit_code: 7,
      dates: [
        { date: '2025-03-01', outcome: 'unchanged' },
        { date: DAY, outcome: 'failed', error: { message: expect.stringContaining(`${body} is cut short`) } },
      ],
    });
    expect(told.raw.damaged).toEqual([{ key: body, reason: 'is cut short', dates: [DAY] }]);
    expect(documentOf(forced)).toMatchObject({ exit_code: 0 });
    expect(documentOf(again)).toMatchObject({ exit_code: 0, outcomes: { unchanged: 1 } });
  });
});
