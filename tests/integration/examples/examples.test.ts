import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BuiltCommand, type Ended } from '../cli/built-command';

const ROOT = resolve(__dirname, '../../..');
const PYTHON_FILES = ['examples/airflow/ingest_weather.py', 'examples/dagster/ingest_weather.py'];
const DOCUMENT = 'docs/other-orchestrators.md';

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
    const lines: string[][] = JSON.parse(
      python(join(__dirname, 'read-commands.py'), day, ...PYTHON_FILES.map((file) => join(ROOT, file))),
    );

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

  it('would be refused with a mistake in them', async () => {
    const { code } = await call(['ingest', '--day', '2026-01-31', '--lake', 's3://data']);

    expect(code).toBe(2);
  });
});

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
