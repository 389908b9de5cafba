import { resolve } from 'node:path';
import { runProgram } from '../../../../cli/program';
import { capturedSurroundings } from '../captured-surroundings';

const ENVIRONMENTS = resolve(__dirname, '../../../../resources/environments');

const YEAR = ['--from', '2025-01-01', '--to', '2025-12-31'];

const call = (...args: string[]) => callIn(ENVIRONMENTS, ...args);

async function callIn(folder: string, ...args: string[]) {
  const surroundings = { ...capturedSurroundings(), env: { INGEST_WEATHER_ENVIRONMENTS: folder } };
  const code = await runProgram(args, surroundings);
  return { code, stderr: surroundings.stderr.text };
}

describe('--aws', () => {
  it.each([
    [['status', '--aws'], '--environment: is missing; name one of dev, prod'],
    [['status', '--environment', 'dev'], '--environment: says nothing without --aws'],
    [['redrive', '--environment', 'dev'], '--aws: is missing; on one machine'],
    [['redrive', '--aws', '--environment', 'dev', '--lake', 's3://x-y'], '--lake: excludes --aws'],
    [['status', '--aws', '--environment', 'dev', '--pipeline', 'p.json'], '--pipeline: excludes --aws'],
    [['backfill', '--aws', '--environment', 'dev'], '--from: name the first day'],
    [
      ['backfill', '--aws', '--environment', 'dev', ...YEAR, '--wait', 'day'],
      '--wait: says nothing with --aws',
    ],
    [
      ['redrive', '--aws', '--environment', 'dev', '--from', '2025-01-01'],
      '--to: is missing; --from needs it, the same day',
    ],
    [
      ['status', '--aws', '--environment', 'prd'],
      '--environment: is not known; name one of dev, prod (received prd)',
    ],
    [['status', '--aws', '--environment', 'dev'], 'mode: must be "orchestrated"'],
    [['redrive', '--aws', '--environment', 'dev'], 'mode: must be "orchestrated"'],
    [['backfill', '--aws', '--environment', 'prod', ...YEAR], 'mode: must be "orchestrated"'],
  ])('is refused with a way out: %j', async (args, message) => {
    const { code, stderr } = await call(...args);

    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('outside of a clone says where the environments are looked for', async () => {
    const { code, stderr } = await callIn(
      '/nowhere',
      'status',
      '--aws',
      '--environment',
      'dev',
      '--lake',
      'x',
    );

    expect(code).toBe(2);
    expect(stderr).toContain('/nowhere: cannot be listed (ENOENT); run in the repository, or set');
    expect(stderr).toContain('INGEST_WEATHER_ENVIRONMENTS');
    expect(stderr).toContain('--lake: excludes --aws');
    expect(stderr).not.toContain('copy resources');
  });
});

describe('an option that would be passed over', () => {
  it('is refused: the zone of no schedule', async () => {
    const zone = ['--schedule-timezone', 'Europe/Zurich'];

    expect(await call('check', ...zone)).toEqual({
      code: 2,
      stderr: expect.stringContaining('--schedule-timezone: says nothing without --schedule'),
    });
    expect(await call('check', '--schedule', 'cron(30 10 * * ? *)', ...zone)).toMatchObject({ code: 0 });
  });

  it('is not proposed where there is none: a span without its end is told no --date', async () => {
    const { code, stderr } = await call('backfill', '--from', '2026-01-01');

    expect(code).toBe(2);
    expect(stderr).toContain('--to: is missing; --from needs it, the same day for one alone');
    expect((await call('ingest', '--from', '2026-01-01')).stderr).toContain('or use --date for one day');
  });
});
