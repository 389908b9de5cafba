import { Command } from 'commander';
import { runWork, type Work } from '../../../cli/command-runner';
import { addGlobalOptions } from '../../../cli/global-options';
import { ConfigError, StorageError } from '../../../core/errors';
import { capturedSurroundings } from './captured-surroundings';

async function runWith(args: readonly string[], work: Work) {
  const program = addGlobalOptions(new Command('ingest-weather'));
  const command = program.command('try').action(() => undefined);
  await program.parseAsync([...args, 'try'], { from: 'user' });
  const surroundings = capturedSurroundings();
  const code = await runWork({ command, work }, surroundings);
  return { code, stdout: surroundings.stdout.text, stderr: surroundings.stderr.text };
}

const failing =
  (error: Error): Work =>
  () =>
    Promise.reject(error);

describe('runWork', () => {
  test('gives people text and machines the document', async () => {
    const work: Work = async () => ({ document: { count: 2 }, text: () => 'two' });

    expect(await runWith([], work)).toEqual({ code: 0, stdout: 'two\n', stderr: '' });
    const { stdout } = await runWith(['--json'], work);
    expect(JSON.parse(stdout)).toEqual({ command: 'try', exit_code: 0, count: 2 });
  });

  test('reads the clock once', async () => {
    let now = 0;
    await runWith([], async (invocation) => {
      now = invocation.now;
      return undefined;
    });

    expect(now).toBe(Date.UTC(2026, 0, 1, 12));
  });

  test('tells failures that did not end the work after its result', async () => {
    const error = new StorageError('The disk is full.', { context: { key: 'a' } });
    const work: Work = async () => ({
      document: {},
      text: () => 'one of two',
      failures: [
        { what: '2026-01-01', error },
        { what: '2026-01-02', error },
      ],
    });

    expect(await runWith([], work)).toEqual({
      code: 7,
      stdout: 'one of two\n',
      stderr: 'Failed: 2026-01-01 to 2026-01-02\nStorageError: The disk is full.\n',
    });
    const { code, stdout } = await runWith(['--json'], work);
    expect(code).toBe(7);
    expect(JSON.parse(stdout).failures[0]).toEqual({
      what: '2026-01-01',
      error: { name: 'StorageError', message: 'The disk is full.', retryable: true, context: { key: 'a' } },
    });
  });

  test('tells a foreseen error with its way out and without a stack', async () => {
    const error = new ConfigError('The days cannot be used:', [{ path: '--to', message: 'is missing' }]);

    const { code, stdout, stderr } = await runWith([], failing(error));

    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: 'ConfigError: The days cannot be used:\n  - --to: is missing\n',
    });
  });

  test('tells an unforeseen error with its stack and causes', async () => {
    const error = new TypeError('x is not a function', { cause: new Error('deep down') });

    const human = await runWith([], failing(error));
    const machine = await runWith(['--json'], failing(error));

    expect(human.code).toBe(1);
    expect(human.stderr).toMatch(/^TypeError: x is not a function\n +at /);
    expect(human.stderr).toContain('Caused by: Error: deep down');
    expect(JSON.parse(machine.stdout)).toMatchObject({ exit_code: 1, error: { name: 'TypeError' } });
    expect(JSON.parse(machine.stderr)).toMatchObject({
      level: 'ERROR',
      message: 'The command failed',
      stack: expect.any(String),
    });
  });
});
