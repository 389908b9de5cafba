import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../../../simulators/open-meteo/faults';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand, documentOf, logsOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let simulator: Simulator;
let globals: (lake: string) => string[];

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator({ limits: false });
  const pipeline = await command.write('small.json', SMALL_PIPELINE);
  globals = (lake) => ['--pipeline', pipeline, '--lake', lake, '--source-url', simulator.url];
});

afterAll(async () => {
  await simulator.close();
  await command.remove();
});

const FAULTS: readonly (readonly [string, Fault, number, string])[] = [
  ['an outage', { kind: 'status', status: 503 }, 3, 'SourceUnavailableError'],
  ['a body that ends early', { kind: 'stream_error' }, 3, 'SourceUnavailableError'],
  [
    'a refusal',
    { kind: 'status', status: 400, body: '{"error":true,"reason":"No."}' },
    4,
    'SourceRejectedError',
  ],
  ['a page in place of an answer', { kind: 'body', body: '<html></html>' }, 5, 'SourceContractError'],
  ['text after the answer', { kind: 'trailing_text' }, 5, 'SourceContractError'],
  ['values past the limits', { kind: 'null_column', column: 'temperature_2m_mean' }, 6, 'DataQualityError'],
];

describe('a failure at the source', () => {
  test.each(FAULTS)('of %s ends with its code and publishes nothing', async (name, fault, code, error) => {
    simulator.setFaults([{ fault }]);
    const lake = name.replaceAll(' ', '-');

    const ended = await command.call([
      'ingest',
      '--from',
      '2025-03-01',
      '--to',
      '2025-03-02',
      '--json',
      ...globals(lake),
    ]);

    expect(ended.code).toBe(code);
    const document = documentOf(ended);
    expect(document).toMatchObject({ exit_code: code, outcomes: { failed: 2 } });
    for (const { error: told } of document.dates)
      expect(told).toMatchObject({ name: error, message: expect.any(String) });
    expect(document.failures.map((failure: { what: string }) => failure.what)).toEqual(
      expect.arrayContaining(['2025-03-01', '2025-03-02']),
    );
    expect(logsOf(ended)).toContainEqual(expect.objectContaining({ level: 'ERROR', error }));
    const status = documentOf(await command.call(['status', '--json', ...globals(lake)]));
    expect(status).toMatchObject({ published: { days: 0 }, leases: [] });
  });

  test('is told to people once for all that it hit, with the way out and no stack', async () => {
    simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);

    const { stdout, stderr } = await command.call([
      'ingest',
      '--from',
      '2025-03-01',
      '--to',
      '2025-03-03',
      ...globals('told'),
    ]);

    expect(stdout).toContain('3 days · 3 failed');
    expect(stderr.match(/SourceUnavailableError: /g)).toHaveLength(1);
    expect(stderr).toMatch(
      /^Failed: request [0-9a-f]{16} \(hourly.*\), request .*, 2025-03-01 to 2025-03-03$/m,
    );
    expect(stderr).toContain('Try again later.');
    expect(stderr).not.toMatch(/^ +at /m);
  });

  test('comes with a stack when more is asked for', async () => {
    simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);

    const { stderr } = await command.call([
      'ingest',
      '--date',
      '2025-03-01',
      '--verbose',
      ...globals('stack'),
    ]);

    expect(stderr).toMatch(/^ +at /m);
  });

  test('of two kinds ends with the graver code', async () => {
    simulator.setFaults([
      { when: { nth: 1 }, fault: { kind: 'status', status: 503 } },
      { when: { nth: 2 }, fault: { kind: 'body', body: 'nothing' } },
    ]);

    const { code } = await command.call(['ingest', '--date', '2025-03-01', ...globals('two')]);

    expect(code).toBe(5);
  });
});

describe('a lake that is a file', () => {
  test.each([
    ['ingest', ['ingest', '--date', '2025-03-01']],
    ['status', ['status']],
    ['query', ['query', 'SELECT 1']],
  ])('makes %s end with 7 and say why, before anything is asked', async (_, args) => {
    simulator.setFaults([]);
    const asked = simulator.log.length;
    await command.write('a-file', 'no folder');

    const ended = await command.call([...args, '--json', ...globals('a-file')]);

    expect(ended.code).toBe(7);
    expect(documentOf(ended).error).toMatchObject({
      name: 'StorageError',
      retryable: true,
      message: expect.stringContaining('a file lies where a folder is needed'),
    });
    expect(logsOf(ended)).toContainEqual(expect.objectContaining({ level: 'ERROR', error: 'StorageError' }));
    expect(simulator.log.length).toBe(asked);
  });
});

/** A device whose disk is full, where there is one. */
const FULL = '/dev/full';

(existsSync(FULL) ? describe : describe.skip)('a full disk under the result', () => {
  test.each([[[]], [['--json']]])('ends the command with 7 and a sentence (%j)', async (options) => {
    const { code, stderr } = await command.callInto(FULL, ['plan', ...options, ...globals('full')]);

    expect(code).toBe(7);
    expect(stderr).toMatch(/^The result cannot be written to standard output: ENOSPC.*\n$/);
  });
});

describe('an interruption', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s ends at once with 130, and the next run completes the day',
    async (signal) => {
      simulator.setFaults([{ fault: { kind: 'hang' } }]);
      const asked = simulator.log.length;
      const args = ['ingest', '--date', '2025-03-01', '--json', ...globals(`interrupted-${signal}`)];
      const { child, ended } = command.start(args);
      while (simulator.log.length === asked) await pause(10);
      child.kill(signal);

      const interrupted = await ended;

      expect(interrupted.code).toBe(130);
      expect(documentOf(interrupted)).toMatchObject({
        exit_code: 130,
        error: { name: 'InterruptedError', message: expect.stringContaining('run the same command again') },
      });
      simulator.setFaults([]);
      expect(documentOf(await command.call(args))).toMatchObject({
        exit_code: 0,
        outcomes: { published: 1 },
      });
    },
  );
});
