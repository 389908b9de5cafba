import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildBundles,
  FUNCTIONS,
  type FunctionName,
  ROOT,
  removeFolders,
  unpack,
  zipsIn,
} from './built-bundles';

/** Calls the handler as Lambda's runtime does and prints the error that it ends with. */
const CALLER = `
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
require('./index').handler(JSON.parse(process.argv[2]), context).then(
  () => console.log('no error'),
  ({ name, message, stack }) => console.log(JSON.stringify({ name, message, stack })),
);
`;

const ENVIRONMENT = {
  RAW_BUCKET: 'raw',
  PROCESSED_BUCKET: 'processed',
  PIPELINE_KEY: 'config/weather-daily.json',
  ENVIRONMENT: 'dev',
  DEADLINE_HOUR: '12',
  BUFFER_QUEUE_URL: 'https://127.0.0.1/requests.fifo',
  DEAD_LETTER_QUEUE_URL: 'https://127.0.0.1/dead.fifo',
  AWS_REGION: 'eu-central-1',
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
  NODE_NO_WARNINGS: '1',
};
/** Of an invocation that X-Ray sampled; nobody listens here. */
const TRACED = {
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
  LAMBDA_TASK_ROOT: '/var/task',
  _HANDLER: 'index.handler',
};

let folders: Record<FunctionName, string>;
beforeAll(() => {
  const zips = zipsIn(buildBundles());
  folders = Object.fromEntries(FUNCTIONS.map((name) => [name, unpack(zips[name])])) as typeof folders;
  for (const name of FUNCTIONS) writeFileSync(join(folders[name], 'caller.js'), CALLER);
});
afterAll(removeFolders);

function call(name: FunctionName, event: unknown, env: Readonly<Record<string, string>>) {
  const args = [join(folders[name], 'caller.js'), JSON.stringify(event)];
  const output = execFileSync(process.execPath, args, { env: { PATH: process.env.PATH, ...env } });
  return JSON.parse(output.toString()) as { name: string; message: string; stack: string };
}

describe.each(FUNCTIONS)('the zip of %s, unpacked where nothing else is', (name) => {
  test('reads its environment when it is invoked and tells every mistake in it', () => {
    const error = call(name, {}, { PIPELINE_KEY: 'weather-daily.json', NODE_NO_WARNINGS: '1' });

    expect(error.name).toBe('ConfigError');
    for (const variable of ['RAW_BUCKET', 'PROCESSED_BUCKET', 'PIPELINE_KEY', 'ENVIRONMENT']) {
      expect(error.message).toContain(`  - ${variable}: `);
    }
  });

  test.each([
    ['not traced', {}],
    ['traced', TRACED],
  ])('runs %s up to the event, and names the sources in the stack', (_, env) => {
    const error = call(name, { scheduled_time: 'never' }, { ...ENVIRONMENT, ...env });

    expect(error.message).toMatch(/^The event cannot be used:\n {2}- /);
    expect(error.stack).toMatch(/core\/checked-input\.ts:\d+/);
  });

  test('tells its error where a map cannot be read, too', () => {
    const map = join(folders[name], 'index.js.map');
    const text = readFileSync(map);
    writeFileSync(map, '{');

    const error = call(name, { scheduled_time: 'never' }, ENVIRONMENT);

    writeFileSync(map, text);
    expect(error.message).toMatch(/^The event cannot be used:\n {2}- /);
    expect(error.stack).toMatch(/index\.js:\d+:\d+/);
  });

  test('holds nothing of the reader that only the command verify opens files with', () => {
    for (const file of readdirSync(folders[name])) {
      const bytes = readFileSync(join(folders[name], file));
      expect([file, file.includes('parquet_wasm'), bytes.includes('parquet_wasm')]).toEqual([
        file,
        false,
        false,
      ]);
      expect([file, bytes.includes('parquet-wasm')]).toEqual([file, false]);
    }
  });

  test('holds no path of the machine that made it, and no text of the sources in its map', () => {
    const code = readFileSync(join(folders[name], 'index.js'), 'utf8');
    const map = readFileSync(join(folders[name], 'index.js.map'), 'utf8');

    expect(code.includes(ROOT) || map.includes(ROOT)).toBe(false);
    expect(JSON.parse(map)).not.toHaveProperty('sourcesContent');
    expect(JSON.parse(map).sources.every((source: string) => source.startsWith('../../../'))).toBe(true);
  });
});
