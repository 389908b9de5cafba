import { join } from 'node:path';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand } from './built-command';
import { HAS_PSEUDO_TERMINAL, runOnTerminal, type TerminalEnd, type TerminalRun } from './pseudo-terminal';
import { SMALL_PIPELINE } from './small-pipeline-file';

const COLUMNS = [80, 60, 30];
const SPAN = ['--from', '2024-12-20', '--to', '2025-01-20'];
const BAR = /[█░]/;
const SIMULATED = expect.stringMatching(
  /^\[[\d:]+\] WARN: The source makes its data up: what is published is marked as simulated$/,
);

let command: BuiltCommand;
let simulator: Simulator;
let pipeline: string;

const onTerminal = HAS_PSEUDO_TERMINAL ? describe : describe.skip;

onTerminal('a backfill on a terminal', () => {
  beforeAll(async () => {
    command = await BuiltCommand.build();
    simulator = await startSimulator();
    const source = { ...SMALL_PIPELINE.source, backfill_retry_for_seconds: 600 };
    pipeline = await command.write('small.json', { ...SMALL_PIPELINE, source });
  });

  afterAll(async () => {
    await simulator.close();
    await command.remove();
  });

  beforeEach(() => simulator.setFaults([]));

  const backfill = (lake: string, run: Partial<TerminalRun> & Pick<TerminalRun, 'columns'>) =>
    runOnTerminal({
      words: command.words([
        ...['backfill', ...SPAN, '--pipeline', pipeline],
        ...['--lake', lake, '--source-url', simulator.url],
      ]),
      cwd: command.folder,
      ...run,
    });

  const isClean = ({ lines, prompt, wrapsLines }: TerminalEnd) => {
    expect(lines.filter((line) => BAR.test(line))).toEqual([]);
    expect({ prompt, wrapsLines }).toEqual({ prompt: '$', wrapsLines: true });
  };

  test.each(COLUMNS)('ends with its last lines alone at %i columns', async (columns) => {
    simulator.setFaults([{ fault: { kind: 'slow', ms: 600 } }]);

    const ended = await backfill(join('whole', String(columns)), { columns });

    isClean(ended);
    expect(ended.code).toBe(0);
    expect(ended.lines).toEqual([
      SIMULATED,
      expect.stringMatching(/^32 days · 32 published · 4 requests sent, 0 reused · [\d.]+ s$/),
      'The data is simulated.',
    ]);
    expect(ended.lastLines.filter((line) => BAR.test(line)).length).toBeGreaterThan(1);
    for (const line of ended.lastLines) if (BAR.test(line)) expect(line.length).toBeLessThan(columns);
  });

  test.each(COLUMNS)('keeps every warning whole, above the bar, at %i columns', async (columns) => {
    simulator.setFaults([
      { when: { nth: 2 }, fault: { kind: 'status', status: 503, body: '{"error":true,"reason":"Busy"}' } },
      { fault: { kind: 'slow', ms: 300 } },
    ]);

    const ended = await backfill(join('warned', String(columns)), { columns });

    isClean(ended);
    expect(ended.lines).toEqual([
      SIMULATED,
      expect.stringMatching(/^\[[\d:]+\] WARN: Source out of order \{.*"status":503.*\}$/),
      expect.stringMatching(/^32 days · 32 published · 4 requests sent, 0 reused · [\d.]+ s$/),
      'The data is simulated.',
    ]);
  });

  test.each(COLUMNS)('interrupted leaves a clean prompt and goes on at %i columns', async (columns) => {
    const lake = join('interrupted', String(columns));
    simulator.setFaults([{ when: { nth: 4 }, fault: { kind: 'hang' } }]);

    const stopped = await backfill(lake, { columns, interruptAt: /12 of 32/ });
    simulator.setFaults([{ fault: { kind: 'slow', ms: 600 } }]);
    const resumed = await backfill(lake, { columns });

    isClean(stopped);
    expect(stopped.code).toBe(130);
    expect(stopped.lines).toEqual([
      SIMULATED,
      'Interrupted. 12 of 32 days are published and stay as they are; run the same command again to go on.',
    ]);
    isClean(resumed);
    expect(resumed.lines).toEqual([
      SIMULATED,
      expect.stringMatching(/^32 days · 12 skipped, 20 published · \d requests? sent, \d reused · [\d.]+ s$/),
      'The data is simulated.',
    ]);
  });

  test.each([
    ['without colours by NO_COLOR', { NO_COLOR: '1' }, false],
    ['with colours else', { NO_COLOR: undefined }, true],
  ])('writes log lines %s', async (name, env, coloured) => {
    const ended = await backfill(join('colours', name), { columns: 80, env });

    expect(ended.lines[0]).toEqual(SIMULATED);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape that begins a colour
    expect(/\u001b\[\d+m/.test(ended.bytes)).toBe(coloured);
  });

  test.each(COLUMNS)('shows what it waits for and until when at %i columns', async (columns) => {
    simulator.setFaults([{ fault: { kind: 'status', status: 503 } }]);

    const ended = await backfill(join('outage', String(columns)), {
      columns,
      interruptAt: /until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/i,
    });

    isClean(ended);
    expect(ended.code).toBe(130);
    expect(ended.lines.at(-1)).toBe(
      'Interrupted. 0 of 32 days are published and stay as they are; run the same command again to go on.',
    );
    const warnings = ended.lines.slice(0, -1);
    expect(warnings.length).toBeGreaterThan(0);
    for (const line of warnings) expect(line).toMatch(/^\[[\d:]+\] WARN: .*\}$/);
  });
});
