import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { LEAST_CONCURRENCY } from '../../../modules/buffered-queue/buffered-queue';
import { resourcesOf, synthesizeDeployment } from '../../stacks/synthesize';
import { pipelineOf } from '../../weather/pipeline-of';

const PROJECT = resolve(__dirname, '../../..');
/** Left by AWS for functions without a reservation. */
const UNRESERVED = 100;

/** As one line, whatever its breaks. */
const textOf = (file: string) => readFileSync(resolve(PROJECT, file), 'utf8').replace(/\s+/g, ' ');

function ingestOf(mode: string, concurrency = 1) {
  const pipeline = pipelineOf({ source: concurrency === 1 ? {} : { plan: 'keyed', concurrency } });
  return synthesizeDeployment({ environment: { mode }, pipeline }).ingest;
}

function reservedBy(stack: ReturnType<typeof ingestOf>): Record<string, number> {
  const functions = resourcesOf(stack, 'aws_lambda_function');
  return Object.fromEntries(
    functions.map(({ function_name, reserved_concurrent_executions }) => [
      String(function_name).replace('weather-test-', ''),
      Number(reserved_concurrent_executions),
    ]),
  );
}

const sumOf = (reserved: Record<string, number>) =>
  Object.values(reserved).reduce((sum, count) => sum + count, 0);

describe('figures that the documents state of what is deployed', () => {
  const [direct, least, most] = [ingestOf('direct'), ingestOf('orchestrated'), ingestOf('orchestrated', 16)];

  it('are the reservations of both modes, and the limit that the account needs for them', () => {
    const [one, few, many] = [direct, least, most].map((stack) => sumOf(reservedBy(stack)));

    expect(textOf('docs/deployment.md')).toContain(
      `The functions of the direct mode reserve ${one}, those of the orchestrated mode ${few}, and ${many} where the pipeline's \`concurrency\` is 16: the account's limit must be ${UNRESERVED + one!}, or ${UNRESERVED + few!} to ${UNRESERVED + many!}.`,
    );
  });

  it('are the limits for two environments in one account', () => {
    const [one, few, many] = [direct, least, most].map((stack) => UNRESERVED + 2 * sumOf(reservedBy(stack)));

    expect(textOf('docs/deployment.md')).toContain(
      `\`dev\` and \`prod\` in one account need both: ${one} in direct mode, ${few} to ${many} in orchestrated mode.`,
    );
  });

  it('are how often each function runs at once', () => {
    const reserved = reservedBy(least);
    const words: Record<number, string> = { 1: 'once', 2: 'twice' };
    const often = (name: string) => words[reserved[name]!] ?? `${reserved[name]} times`;

    expect(new Set(Object.values(reservedBy(direct)))).toEqual(new Set([1]));
    expect(reserved['fetch-weather']).toBe(LEAST_CONCURRENCY);
    expect(textOf('docs/runbook.md')).toContain(
      `\`plan-run\` runs ${often('plan-run')}, \`fetch-weather\` as often as the pipeline's \`concurrency\` says (${often('fetch-weather')} at least), \`transform-weather\` ${often('transform-weather')}, \`publish-run\` ${often('publish-run')}, \`watch-freshness\` ${often('watch-freshness')}.`,
    );
  });

  it('are the alarms of both modes', () => {
    const [few, more] = [direct, least].map(
      (stack) => resourcesOf(stack, 'aws_cloudwatch_metric_alarm').length,
    );

    expect(textOf('README.md')).toContain(`${few} alarms (${more} in orchestrated mode)`);
  });
});
