import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FINDINGS_LISTED } from '../../../cli/verify-text';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let simulator: Simulator;
let pipeline: string;

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator({ limits: false });
  pipeline = await command.write('small.json', SMALL_PIPELINE);
});

afterAll(async () => {
  await simulator.close();
  await command.remove();
});

/** A lake of one day. */
async function lakeOf(name: string): Promise<string[]> {
  const globals = ['--pipeline', pipeline, '--lake', name];
  const args = ['ingest', '--date', '2025-03-01', ...globals, '--source-url', simulator.url];
  expect((await command.call(args)).code).toBe(0);
  return globals;
}

const fileOf = (lake: string, ...path: string[]) => join(command.folder, lake, ...path);
const TABLE = 'processed/weather_hourly/date=2025-03-01/small.00000.parquet';

async function rawBodies(lake: string): Promise<string[]> {
  const folder = fileOf(lake, 'raw/small/2025-03-01_2025-03-01');
  return (await readdir(folder)).filter((name) => name.endsWith('.gz')).map((name) => join(folder, name));
}

describe('verify', () => {
  test('of a whole lake is short and ends with 0', async () => {
    await lakeOf('whole');

    const { code, stdout, stderr } = await command.call(['verify', '--lake', 'whole']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^whole, all pipelines +verified +wrong +repaired$/m);
    expect(stdout).toMatch(/^manifests +1 +0 +0$/m);
    expect(stdout).toMatch(/^published objects +3 +0 +0$/m);
    expect(stdout).toMatch(/^raw answers +2 +0 +0$/m);
    expect(stdout).toMatch(/\n\nEverything is as the lake says\.\n$/);
    expect(stdout.split('\n').length).toBeLessThan(14);
  });

  test('tells people each object, what is wrong and how to put it right, which does it', async () => {
    const globals = await lakeOf('spoilt');
    const table = await readFile(fileOf('spoilt', TABLE));
    await writeFile(fileOf('spoilt', TABLE), table.subarray(0, 200));

    const found = await command.call(['verify', ...globals]);
    const replayed = await command.call(['replay', '--date', '2025-03-01', ...globals]);
    const again = await command.call(['verify', ...globals]);

    expect(found.code).toBe(8);
    expect(found.stdout).toMatch(/^spoilt, small /);
    expect(found.stdout).toContain(
      [
        'published objects:',
        `  ${TABLE}`,
        `    it has 200 bytes, ${table.length} in the manifest`,
        '    to do: Make the day again from raw, with the pipeline small: ingest-weather replay --date 2025-03-01',
      ].join('\n'),
    );
    expect(found.stdout).toMatch(/\n1 finding left\.\n$/);
    expect([replayed.code, again.code]).toEqual([0, 0]);
  });

  test('tells machines everything in one object', async () => {
    await lakeOf('machines');
    const [body] = await rawBodies('machines');
    await writeFile(body!, (await readFile(body!)).subarray(0, -4));
    await rm(fileOf('machines', TABLE));

    const ended = await command.call([
      'verify',
      '--lake',
      'machines',
      '--json',
      ...['--from', '2025-03-01', '--to', '2025-03-01'],
    ]);

    expect(ended.code).toBe(8);
    expect(documentOf(ended)).toMatchObject({
      command: 'verify',
      exit_code: 8,
      lake: 'machines',
      pipeline: null,
      from: '2025-03-01',
      to: '2025-03-01',
      manifests: { checked: 1, found: 0, repaired: 0, findings: [] },
      objects: { checked: 3, found: 1, findings: [{ object: TABLE.replace('processed/', '') }] },
      bodies: {
        checked: 2,
        found: 1,
        findings: [{ bucket: 'raw', problem: 'it is cut short', repaired: false }],
      },
    });
  });

  test('finds answers whose sidecars are gone or spoilt, and reads the others', async () => {
    await lakeOf('sidecars');
    const folder = fileOf('sidecars', 'raw/.metadata');
    const [first, second] = await readdir(folder);
    await rm(join(folder, first!));
    await writeFile(join(folder, second!), '{"key"');

    const { bodies, objects } = documentOf(await command.call(['verify', '--lake', 'sidecars', '--json']));

    expect(bodies.findings.map(({ problem }: { problem: string }) => problem).sort()).toEqual([
      expect.stringMatching(/^it cannot be read: The metadata of .* is spoilt/),
      'it has lost its metadata (sha256, fetched-at, simulated, complete), though its body is whole',
    ]);
    expect(objects.found).toBe(0);
  });

  test('with --repair puts right what it can and ends with 0 when nothing is left', async () => {
    await lakeOf('repaired');
    const staged = '_staging/small/20200101T000000Z-00000000/weather_daily/date=2020-01-01/small.00000.json';
    await command.write(join('repaired/processed', staged), '{}');
    await command.write('repaired/processed/_leases/small/date=2025-03-01.json', '{"run');

    const found = await command.call(['verify', '--lake', 'repaired']);
    const repaired = await command.call(['verify', '--lake', 'repaired', '--repair']);
    const again = await command.call(['verify', '--lake', 'repaired']);

    expect([found.code, repaired.code, again.code]).toEqual([8, 0, 0]);
    expect(repaired.stdout).toMatch(/^ {4}repaired: Removed$/m);
    expect(await readdir(fileOf('repaired', 'processed'))).not.toContain('_staging');
  });

  test('lists the first of many findings and counts the rest, whatever their names hold', async () => {
    await lakeOf('many');
    const count = FINDINGS_LISTED + 5;
    for (let n = 0; n < count; n++)
      await command.write(`many/processed/weather_hourly/date=2025-03-01/\u001b[2J${n}.parquet`, 'x');

    const { code, stdout } = await command.call(['verify', '--lake', 'many']);

    expect(code).toBe(8);
    expect(stdout).toContain('and 5 more findings of this kind; --json lists more');
    expect(stdout.match(/move it out of the partition/g)).toHaveLength(FINDINGS_LISTED);
    expect(stdout).toContain('\\u001b[2J');
    expect(stdout).not.toContain('\u001b[2J');
  });

  test.each([
    [
      'a folder that is not there',
      ['--lake', 'nowhere'],
      'there is no such folder; name the one of the lake',
    ],
    ['a first day alone', ['--lake', '.', '--from', '2025-03-01'], '--to'],
    ['a pipeline file that is not there', ['--lake', '.', '--pipeline', 'none.json'], 'none.json'],
  ])('refuses %s with 2', async (_, args, message) => {
    const { code, stderr } = await command.call(['verify', ...args]);

    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('of a folder that is no lake says so', async () => {
    await command.write('empty/notes.txt', 'x');

    const { code, stdout } = await command.call(['verify', '--lake', 'empty']);

    expect(code).toBe(0);
    expect(stdout).toContain('Nothing of a lake lies here.');
  });
});

describe('the reader that verify opens files with', () => {
  const loadsReader = async (args: readonly string[]) => {
    const preload = await command.write(
      'preload.js',
      "process.on('exit', () => process.stderr.write(Object.keys(require.cache).some((path) => path.includes('parquet-wasm')) ? 'LOADED' : ''))",
    );
    const { stderr } = await command.call(args, { env: { NODE_OPTIONS: `--require ${preload}` } });
    return stderr.includes('LOADED');
  };

  test('is loaded by verify and by no other command', async () => {
    const globals = await lakeOf('loaded');

    expect(await loadsReader(['verify', ...globals])).toBe(true);
    for (const args of [
      ['status', ...globals],
      ['check', pipeline],
      ['replay', '--date', '2025-03-01', ...globals],
      ['ingest', '--date', '2025-03-02', ...globals, '--source-url', simulator.url],
      ['verify', '--help'],
    ])
      expect([args[0], await loadsReader(args)]).toEqual([args[0], false]);
  });
});
