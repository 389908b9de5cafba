import { EXIT_CODES } from '../../../cli/exit-codes';
import { version } from '../../../package.json';
import { BuiltCommand, documentOf } from './built-command';

const COMMANDS = [
  'ingest',
  'backfill',
  'replay',
  'redrive',
  'init',
  'plan',
  'check',
  'status',
  'verify',
  'query',
  'simulate',
];

let command: BuiltCommand;

beforeAll(async () => {
  command = await BuiltCommand.build();
});

afterAll(() => command.remove());

describe('help', () => {
  test('lists every command and the global options', async () => {
    const { code, stdout } = await command.call(['--help']);

    expect(code).toBe(0);
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name}[ \\n]`, 'm'));
    for (const option of ['--pipeline', '--lake', '--source-url', '--json']) expect(stdout).toContain(option);
  });

  test.each(COMMANDS)('of %s has examples, global options, environment and every exit code', async (name) => {
    const { code, stdout } = await command.call([name, '--help']);

    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: ingest-weather ${name}`));
    expect(stdout).toContain(`$ ingest-weather ${name}`);
    expect(stdout).toContain('Global Options:');
    expect(stdout).toContain('OPEN_METEO_API_KEY');
    for (const exitCode of Object.values(EXIT_CODES))
      expect(stdout).toMatch(new RegExp(`^ {2}${exitCode} `, 'm'));
  });

  test.each([[], ...COMMANDS.map((name) => [name])])('%s is no wider than 100 columns', async (...name) => {
    const { stdout } = await command.call([...name, '--help']);

    expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });

  test('of a command is what help with its name shows', async () => {
    const asked = await command.call(['help', 'status']);

    expect(asked).toEqual(await command.call(['status', '--help']));
    expect((await command.call(['help'])).stdout).toEqual((await command.call(['--help'])).stdout);
  });

  test('is what the command without arguments shows, as an error', async () => {
    const { code, stdout, stderr } = await command.call([]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: ingest-weather');
  });

  test('has the version', async () => {
    expect(await command.call(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('a mistaken command line', () => {
  test('names the command that was meant', async () => {
    const { code, stderr } = await command.call(['ingset']);

    expect(code).toBe(2);
    expect(stderr).toBe(
      "ConfigError: The command line has mistakes:\n  - ingset: unknown command 'ingset'; did you mean ingest? ingest-weather --help explains everything\n",
    );
  });

  test('is told to machines in one object too, with the command and what is wrong of it', async () => {
    const ended = await command.call(['status', '--jsno', '--json']);

    expect(ended.code).toBe(2);
    expect(documentOf(ended)).toMatchObject({
      command: 'status',
      exit_code: 2,
      error: { name: 'ConfigError', problems: [{ path: '--jsno' }] },
    });
  });

  test.each([
    ['a word that is no option', ['status', '--jsno'], "--jsno: unknown option '--jsno'"],
    [
      'a word that is missing',
      ['query'],
      "sql: missing required argument 'sql'; ingest-weather query --help",
    ],
    [
      'a wrong word of an option',
      ['ingest', '--wait', 'year'],
      "--wait: option '--wait <window>' argument 'year'",
    ],
    [
      'help for a command that there is not',
      ['help', 'frob'],
      "frob: unknown command 'frob'; ingest-weather --help",
    ],
    ['help for a slip of a command', ['help', 'quer'], "quer: unknown command 'quer'; did you mean query?"],
  ])('of %s is told with 2, in one line with its way out', async (_, args, message) => {
    const { code, stdout, stderr } = await command.call(args);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  test('refuses to be verbose and quiet at once', async () => {
    const { code, stderr } = await command.call(['status', '--verbose', '--quiet']);

    expect(code).toBe(2);
    expect(stderr).toContain("option '--quiet' cannot be used with option '--verbose'");
  });

  test('without a command is told to machines as an error', async () => {
    const ended = await command.call(['--json']);

    expect(ended.code).toBe(2);
    expect(documentOf(ended)).toMatchObject({
      exit_code: 2,
      error: { name: 'ConfigError', message: expect.stringContaining('a command is missing') },
    });
  });
});
