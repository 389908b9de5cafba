import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EXIT_CODES } from '../../../cli/exit-codes';
import { BuiltCommand, type Ended } from '../cli/built-command';

const ROOT = resolve(__dirname, '../../..');
const PYTHON_FILES = ['examples/airflow/ingest_weather.py', 'examples/dagster/ingest_weather.py'];
const DOCUMENT = 'docs/other-orchestrators.md';
/** 128 and the number of the signal. */
const SIGTERM_BY_SHELL = 143;

describe('what other orchestrators are told to run', () => {
  let command: BuiltCommand;
  beforeAll(async () => {
    command = await BuiltCommand.build();
  });
  afterAll(() => command.remove());

  /** No server listens on port 1, so a command line without mistakes ends with the code of an unreachable lake. */
  const call = (args: readonly string[]): Promise<Ended> =>
    command.call(args, {
      env: {
        AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'none',
        AWS_SECRET_ACCESS_KEY: 'none',
        OPEN_METEO_API_KEY: '',
      },
    });
  const expectUnderstood = ({ code, stderr }: Ended) =>
    expect({ code, stderr }).toEqual({ code: 7, stderr: expect.stringContaining('S3 did not answer') });

  it.each(PYTHON_FILES)('is Python: %s', (file) => {
    expect(() => python('-m', 'py_compile', join(ROOT, file))).not.toThrow();
  });

  it('are command lines that the command understands, in the tasks', async () => {
    const day = '2026-01-31';

    const lines = examplesFor(day).map(({ line }) => line);

    expect(lines).toHaveLength(PYTHON_FILES.length);
    for (const [program, ...args] of lines) {
      expect([program, args.slice(0, 3)]).toEqual(['ingest-weather', ['ingest', '--date', day]]);
      expectUnderstood(await call(args));
    }
  });

  it('are command lines that the command understands, in the document', async () => {
    const lines = commandLines(readFileSync(join(ROOT, DOCUMENT), 'utf8'));

    expect(lines.map(([name]) => name)).toEqual(['ingest', 'ingest', 'backfill', 'status', 'ingest']);
    for (const args of lines) expectUnderstood(await call(args));
  });

  it('is tried again after the exit codes for which the document says so, and knows them all', () => {
    const rows = [...readFileSync(join(ROOT, DOCUMENT), 'utf8').matchAll(/^ +\| ([\d, ]+) \| (.*) \|$/gm)];
    const codes = rows.map(([, numbers, meaning]) => ({ codes: numbers!.split(', ').map(Number), meaning }));
    const again = codes.filter(({ meaning }) => meaning!.startsWith('try again'));

    expect(codes.flatMap((row) => row.codes).sort(ascending)).toEqual(
      Object.values(EXIT_CODES).toSorted(ascending),
    );
    for (const example of examplesFor('2026-01-31')) {
      const told = [...again.flatMap((row) => row.codes), SIGTERM_BY_SHELL].toSorted(ascending);
      expect(example.again).toEqual(told);
    }
  });

  it('would be refused with a mistake in them', async () => {
    const { code } = await call(['ingest', '--day', '2026-01-31', '--lake', 's3://data']);

    expect(code).toBe(2);
  });
});

interface Example {
  readonly line: readonly string[];
  readonly again: readonly number[];
}

function examplesFor(day: string): Example[] {
  const files = PYTHON_FILES.map((file) => join(ROOT, file));
  return JSON.parse(python(join(__dirname, 'read-commands.py'), day, ...files));
}

function ascending(one: number, other: number): number {
  return one - other;
}

/** Of code blocks: all that follows the program's name on its line. */
function commandLines(markdown: string): string[][] {
  const lines = markdown.matchAll(/^ {4,}(?:\S.* )?ingest-weather ((?:ingest|backfill|status) .*)$/gm);
  return [...lines].map(([, line]) => line!.split(' '));
}

function python(...args: string[]): string {
  return execFileSync('python3', args, {
    encoding: 'utf8',
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
}
