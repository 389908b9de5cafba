import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

const MINUTE_MS = 60_000;
/** More than two requests take to arrive. */
const ROOM_MS = 10_000;

let command: BuiltCommand;

beforeAll(async () => {
  command = await BuiltCommand.build();
});

afterAll(() => command.remove());

/** A simulator that runs, and the first line that it printed. */
async function simulate(...args: string[]) {
  const running = command.start(['simulate', ...args]);
  const lines = createInterface(running.child.stdout);
  const [first] = await Promise.race([
    new Promise<string[]>((resolve) => lines.once('line', (line) => resolve([line]))),
    running.ended.then(({ stderr }): never => {
      throw new Error(stderr);
    }),
  ]);
  return { ...running, first: first! };
}

/** Waits, near the end of a minute, for the next: the quota of each begins anew. */
async function stayWithinMinute(): Promise<void> {
  const left = MINUTE_MS - (Date.now() % MINUTE_MS);
  if (left < ROOM_MS) await pause(left);
}

describe('simulate', () => {
  test('prints its address and nothing else, serves an ingest, and ends well when told to stop', async () => {
    const { child, ended, first } = await simulate('--port', '0');
    const pipeline = await command.write('small.json', SMALL_PIPELINE);
    const args = ['--source-url', first, '--pipeline', pipeline, '--lake', 'lake', '--json'];

    const ingested = await command.call(['ingest', '--date', '2025-03-01', ...args]);
    child.kill('SIGINT');

    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(documentOf(ingested)).toMatchObject({ exit_code: 0, simulated: true });
    expect(await ended).toEqual({ code: 0, stdout: `${first}\n`, stderr: '' });
  });

  test('tells machines its address in one object', async () => {
    const { child, ended } = await simulate('--json');
    child.kill('SIGTERM');

    const { code, stdout } = await ended;
    const document = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(document).toEqual({
      command: 'simulate',
      url: `http://127.0.0.1:${document.port}`,
      port: expect.any(Number),
    });
  });

  test.each([
    [['--no-quotas'], 200],
    [[], 429],
  ])('with %j answers the second of two heavy requests with %i', async (options, status) => {
    const { child, ended, first } = await simulate(...options);
    const variables = Array.from({ length: 10 }, () => 'temperature_2m').join(',');
    const url = `${first}/v1/archive?latitude=1&longitude=1&start_date=2000-01-01&end_date=2024-12-31&hourly=${variables}`;

    await stayWithinMinute();
    const heavy = await fetch(url);
    // The server runs one at a time: without quotas the second waits until the first is read.
    const [second] = await Promise.all([fetch(url), heavy.arrayBuffer()]);
    await second.arrayBuffer();
    child.kill('SIGINT');

    await ended;
    expect([heavy.status, second.status]).toEqual([200, status]);
  });

  test('refuses a port that is taken, or is none', async () => {
    const { child, ended, first } = await simulate();
    const port = new URL(first).port;

    const taken = await command.call(['simulate', '--port', port]);
    const wrong = await command.call(['simulate', '--port', '70000']);
    child.kill('SIGINT');

    await ended;
    expect([taken.code, wrong.code]).toEqual([2, 2]);
    expect(taken.stderr).toContain('choose another, or 0 for any free one');
    expect(wrong.stderr).toContain('The largest port is 65535');
  });
});
