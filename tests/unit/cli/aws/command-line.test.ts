import { resolve } from 'node:path';
import { runProgram } from '../../../../cli/program';
import { capturedSurroundings } from '../captured-surroundings';

const ENVIRONMENTS = resolve(__dirname, '../../../../resources/environments');

async function call(...args: string[]) {
  const surroundings = { ...capturedSurroundings(), env: { INGEST_WEATHER_ENVIRONMENTS: ENVIRONMENTS } };
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
    [['status', '--aws', '--environment', 'none'], 'none.json'],
  ])('is refused with a way out: %j', async (args, message) => {
    const { code, stderr } = await call(...args);

    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
