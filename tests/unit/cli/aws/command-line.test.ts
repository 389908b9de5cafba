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
