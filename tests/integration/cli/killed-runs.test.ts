import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { SmallS3Server } from '../../s3/small-s3-server';
import { keysOf } from '../object-store/suite/reading';
import { BuiltCommand, documentOf, logsOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let simulator: Simulator;
let stuck: Simulator;

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator({ limits: false });
  // A server of its own: a request that hangs holds up the others of its address.
  stuck = await startSimulator({ limits: false });
  stuck.setFaults([{ when: { section: 'daily' }, fault: { kind: 'hang' } }]);
});

afterAll(async () => {
  await Promise.all([simulator.close(), stuck.close()]);
  await command.remove();
});

async function staged(lake: string): Promise<string[]> {
  const folder = join(command.folder, lake, 'processed/_staging/small');
  return (await readdir(folder).catch(() => [])).sort();
}

/** A run that has staged its hourly tables and waits for the daily answer. */
async function startStuckRun(globals: readonly string[], lake: string) {
  const { child, ended } = command.start([
    'ingest',
    '--date',
    '2025-03-01',
    ...globals,
    '--source-url',
    stuck.url,
  ]);
  while ((await staged(lake)).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  return { child, ended };
}

describe('staging of a run that is killed', () => {
  test('goes with the next run of the same pipeline, and not while the run lives', async () => {
    const pipeline = await command.write('small.json', SMALL_PIPELINE);
    const globals = ['--pipeline', pipeline, '--lake', 'lake'];
    const source = ['--source-url', simulator.url];
    const { child, ended } = await startStuckRun(globals, 'lake');
    const [folder, owner] = await staged('lake');

    const beside = await command.call(['ingest', '--date', '2025-03-02', ...globals, ...source]);
    const whileAlive = await staged('lake');
    child.kill('SIGKILL');
    await ended;
    const afterKill = await staged('lake');
    const verified = await command.call(['verify', '--lake', 'lake', '--json']);
    const next = await command.call(['ingest', '--date', '2025-03-03', '--json', ...globals, ...source]);

    expect(beside.code).toBe(0);
    expect(owner).toBe(`${folder}.json`);
    expect(whileAlive).toEqual([folder, owner]);
    expect(afterKill).toEqual(whileAlive);
    expect(verified.code).toBe(8);
    expect(documentOf(verified).staging.findings).toMatchObject([{ object: `_staging/small/${folder}/` }]);
    expect(next.code).toBe(0);
    expect(logsOf(next)).toContainEqual(
      expect.objectContaining({ message: 'Staging that old runs left behind was removed', runs: [folder] }),
    );
    expect(await staged('lake')).toEqual([]);
  });

  test('goes with the next run on the same machine from a lake that other machines share', async () => {
    const server = await SmallS3Server.start();
    const pipeline = await command.write('small.json', SMALL_PIPELINE);
    const globals = ['--pipeline', pipeline, '--lake', 's3://lake-raw,s3://lake-processed'];
    const { env } = server;
    const processed = server.store('lake-processed');
    const kept = () => keysOf(processed, '_staging/small/');
    const ingest = (url: string) => ['ingest', '--date', '2025-03-01', ...globals, '--source-url', url];
    const { child, ended } = command.start(ingest(stuck.url), { env });
    while ((await kept()).length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    const own = (await kept()).find((key) => key.endsWith('.json') && key.split('/').length === 3)!;
    const document = Buffer.from((await processed.get(own))!.body).toString();
    const elsewhere = '_staging/small/20250302T000000Z-0000abcd.json';
    await processed.put(elsewhere, Buffer.from(document.replace(/\.[0-9a-f]{8}-/, '.00000000-')));

    child.kill('SIGKILL');
    await ended;
    const next = await command.call(ingest(simulator.url), { env });
    const left = await kept();
    await server.stop();

    expect(next.code).toBe(0);
    expect(left).toEqual([elsewhere]);
  });

  test('says who stages it, since when, and nothing of an end', async () => {
    const pipeline = await command.write('small.json', SMALL_PIPELINE);
    const globals = ['--pipeline', pipeline, '--lake', 'told'];
    const { child, ended } = await startStuckRun(globals, 'told');
    const [, owner] = await staged('told');

    const text = await readFile(join(command.folder, 'told/processed/_staging/small', owner!), 'utf8');
    child.kill('SIGKILL');
    await ended;

    expect(JSON.parse(text)).toEqual({
      holder: expect.stringMatching(new RegExp(`^${child.pid}[.@]`)),
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      ends_by: null,
    });
  });
});
