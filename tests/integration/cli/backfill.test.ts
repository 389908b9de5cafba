import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand, documentOf } from './built-command';
import { SMALL_PIPELINE } from './small-pipeline-file';

let command: BuiltCommand;
let simulator: Simulator;
let globals: (lake: string) => string[];

beforeAll(async () => {
  command = await BuiltCommand.build();
  simulator = await startSimulator();
  const pipeline = await command.write('small.json', SMALL_PIPELINE);
  globals = (lake) => ['--pipeline', pipeline, '--lake', lake, '--source-url', simulator.url];
});

afterAll(async () => {
  await simulator.close();
  await command.remove();
});

beforeEach(() => simulator.setFaults([]));

const SPAN = ['--from', '2024-12-20', '--to', '2025-01-20'];

describe('backfill', () => {
  test('publishes all days, skips them the next time, and asks anew when forced', async () => {
    const backfill = (...more: string[]) =>
      command.call(['backfill', ...SPAN, '--json', ...globals('days'), ...more]);

    const first = documentOf(await backfill());
    const second = documentOf(await backfill());
    const forced = documentOf(await backfill('--force'));

    expect(first).toMatchObject({
      exit_code: 0,
      outcomes: { published: 32 },
      requests: { sent: 4, reused: 0 },
    });
    expect(second).toMatchObject({
      exit_code: 0,
      outcomes: { skipped: 32 },
      requests: { sent: 0, reused: 0 },
    });
    expect(forced).toMatchObject({ exit_code: 0, requests: { sent: 4, reused: 0 } });
    expect(forced.outcomes.skipped).toBeUndefined();
  });

  test('goes on where it was stopped', async () => {
    simulator.setFaults([{ when: { nth: 4 }, fault: { kind: 'status', status: 503 } }]);
    const stopped = await command.call(['backfill', ...SPAN, '--json', ...globals('resumed')]);
    simulator.setFaults([]);

    const resumed = documentOf(await command.call(['backfill', ...SPAN, '--json', ...globals('resumed')]));

    expect(stopped.code).toBe(3);
    expect(documentOf(stopped)).toMatchObject({
      outcomes: { published: 12, failed: 20 },
      requests: { sent: 3, failed: 1 },
    });
    expect(resumed).toMatchObject({
      outcomes: { published: 20, skipped: 12 },
      requests: { sent: 1, reused: 1 },
    });
  });

  test('tells of days that Athena will not show, and what to write for that; status names them', async () => {
    const span = ['--from', '2019-12-31', '--to', '2020-01-01'];

    const { code, stdout } = await command.call(['backfill', ...span, ...globals('early')]);
    const again = documentOf(await command.call(['backfill', ...span, '--json', ...globals('early')]));
    const status = await command.call(['status', ...globals('early')]);
    const inside = documentOf(await command.call(['backfill', ...SPAN, '--json', ...globals('inside')]));

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /\n {2}worth knowing: earliest_day: Athena does not show days before 2020-01-01; .* "earliest_day": "2019-12-31"/,
    );
    expect(again.warnings).toMatchObject([{ path: 'earliest_day' }]);
    expect(status.stdout).toMatch(/^not in Athena +2019-12-31$/m);
    expect(inside).not.toHaveProperty('warnings');
  });

  test('lists for people only the days worth a look', async () => {
    const { code, stdout } = await command.call(['backfill', ...SPAN, ...globals('listed')]);

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^32 days · 32 published · 4 requests sent, 0 reused · [\d.]+ s\nThe data is simulated\.\n$/,
    );
  });

  test.each([
    ['no days', [], ['--from: name the first day', '--to: name the last day']],
    ['a last day that is not over', ['--from', '2025-01-01', '--to', '2999-12-31'], ['the day is not over']],
    ['one day by --date', ['--date', '2025-01-01'], ["unknown option '--date'"]],
  ])('refuses %s', async (_, options, messages) => {
    const { code, stdout, stderr } = await command.call(['backfill', ...options, ...globals('refused')]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    for (const message of messages) expect(stderr).toContain(message);
  });

  describe('with a quota that is used up', () => {
    const globalsOfTight = async (lake: string) => {
      const limits = { minute: 2, hour: 2, day: 2 };
      const source = { ...SMALL_PIPELINE.source, max_weight_per_request: 2, limits };
      const pipeline = await command.write('tight.json', { ...SMALL_PIPELINE, source });
      return ['--from', '2025-01-01', '--to', '2025-01-02', ...globals(lake), '--pipeline', pipeline];
    };

    test('says until when it waits, and can be interrupted', async () => {
      const { child, ended } = command.start(['backfill', ...(await globalsOfTight('waiting'))]);
      let said = '';
      child.stderr.on('data', (chunk) => {
        said += chunk;
        if (said.includes('Waiting') && !child.killed) child.kill('SIGINT');
      });

      const { code, stderr } = await ended;

      expect(code).toBe(130);
      expect(stderr).toMatch(/^Waiting to stay within the quota \(day\) until \d{4}-\d\d-\d\dT00:00:05Z, /m);
      expect(stderr).toMatch(/^Interrupted\. .*run the same command again/m);
    });

    test('gives up where it may not wait so long, and says when to try again', async () => {
      const args = ['backfill', '--wait', 'hour', '--json', ...(await globalsOfTight('impatient'))];

      const ended = await command.call(args);

      expect(ended.code).toBe(3);
      expect(documentOf(ended).failures[0].error).toMatchObject({
        name: 'SourceUnavailableError',
        context: { window: 'day', retry_at: expect.stringMatching(/T00:00:05\.000Z$/) },
      });
    });
  });
});
