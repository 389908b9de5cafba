import { parseArgs } from 'node:util';
import { ConfigError } from '../core/errors';
import type { ObjectStore } from '../core/ports/object-store';
import { startSimulator } from '../simulators/open-meteo/simulator';
import { reportError } from './command-runner';
import { EXIT_CODES, type ExitCode } from './exit-codes';
import { DEFAULT_LAKE, pipelineFile } from './global-options';
import { realDays } from './keep-apart';
import { lakeFolder } from './lake-address';
import { lakeStores } from './lake-stores';
import { loadPipeline } from './load-pipeline';
import { PROGRAM_NAME, runProgram } from './program';
import { PROCESS_SURROUNDINGS } from './surroundings';
import { alignedTable } from './text/aligned-table';
import { bytesText, plural } from './text/quantities';

const OBJECTS_LISTED = 24;
const QUESTION = `SELECT name AS city, max(temperature_2m_max) AS warmest, min(temperature_2m_min) AS coldest,
  round(sum(precipitation_sum), 1) AS rain_mm
FROM weather_daily JOIN locations USING (location_id, date) GROUP BY city ORDER BY warmest DESC`;

/** The default pipeline from a simulator into a lake, by the very commands that a person would type. */
async function demo(asked: string): Promise<ExitCode> {
  const lake = lakeFolder(asked, 'a demo stays on this machine');
  await refuseRealData(lake);
  const simulator = await startSimulator();
  say(`A simulator of Open-Meteo listens on ${simulator.url}: the weather below is made up.`);
  try {
    const options = ['--lake', lake, '--pipeline', pipelineFile({ lake })];
    const code = await type(['ingest', '--source-url', simulator.url, ...options]);
    if (code !== EXIT_CODES.done) return code;
    say(`\nWhat lies in ${lake}:`);
    await list(lake);
    await type(['status', ...options]);
    return await type(['query', QUESTION, '--lake', lake]);
  } finally {
    await simulator.close();
  }
}

/** Simulated days would take the place of real ones. @throws ConfigError */
async function refuseRealData(lake: string): Promise<void> {
  const pipeline = await loadPipeline({ lake });
  const { processed } = await lakeStores(lake, PROCESS_SURROUNDINGS);
  const real = await realDays({ pipeline, processed, now: Date.now() });
  if (real === 0) return;
  throw new ConfigError('The demo does not write over real weather:', [
    {
      path: '--lake',
      message:
        'the folder holds days that are not simulated; choose another: npm run demo -- --lake ./demo-lake',
      received: `${lake} with ${plural(real, 'real day')}`,
    },
  ]);
}

async function type(args: readonly string[]): Promise<ExitCode> {
  say(`\n$ ${PROGRAM_NAME} ${args.map((arg) => (/[\s"]/.test(arg) ? `"${arg}"` : arg)).join(' ')}`);
  return runProgram(args, PROCESS_SURROUNDINGS);
}

async function list(lake: string): Promise<void> {
  const { raw, processed } = await lakeStores(lake, PROCESS_SURROUNDINGS);
  const rows = [...(await entries(raw, 'raw')), ...(await entries(processed, 'processed'))];
  say(alignedTable([{ head: 'object' }, { head: 'size', align: 'right' }], rows.slice(0, OBJECTS_LISTED)));
  if (rows.length > OBJECTS_LISTED) say(`and ${plural(rows.length - OBJECTS_LISTED, 'more object')}`);
}

async function entries(store: ObjectStore, folder: string): Promise<[string, string][]> {
  const rows: [string, string][] = [];
  for await (const { key, size } of store.list('')) rows.push([`${folder}/${key}`, bytesText(size)]);
  return rows;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { lake: { type: 'string', default: DEFAULT_LAKE } } });
  const { lake } = values;
  process.exitCode = await demo(lake).catch((error: unknown) =>
    reportError({ command: 'demo', options: { lake }, surroundings: PROCESS_SURROUNDINGS }, error),
  );
}

void main();
