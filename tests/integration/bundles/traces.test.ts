import { spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildBundles, removeFolders, unpack, zipsIn } from './built-bundles';

const TRACE_ID = '1-5759e988-bd862e3fe1be46a994272793';
const CALLER = `
const context = { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 };
require('./index').handler({ scheduled_time: 'never' }, context).catch(() => setTimeout(() => {}, 200));
`;

interface Subsegment {
  readonly name: string;
  readonly trace_id: string;
  readonly fault?: boolean;
  readonly annotations?: Readonly<Record<string, unknown>>;
  readonly cause?: { readonly exceptions: readonly { readonly type: string; readonly message: string }[] };
}

let daemon: Socket;
const received: string[] = [];
beforeAll(async () => {
  daemon = createSocket('udp4', (message) => received.push(message.toString()));
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
});
afterEach(() => received.splice(0));
afterAll(() => {
  daemon.close();
  removeFolders();
});

async function invoke(sampled: 0 | 1): Promise<void> {
  const folder = unpack(zipsIn(buildBundles())['watch-freshness']);
  writeFileSync(join(folder, 'caller.js'), CALLER);
  const { port } = daemon.address() as AddressInfo;
  const env = {
    RAW_BUCKET: 'raw',
    PROCESSED_BUCKET: 'processed',
    PIPELINE_KEY: 'config/weather-daily.json',
    ENVIRONMENT: 'dev',
    DEADLINE_HOUR: '12',
    AWS_REGION: 'eu-central-1',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    LAMBDA_TASK_ROOT: folder,
    POWERTOOLS_SERVICE_NAME: 'watch-freshness',
    _HANDLER: 'index.handler',
    _X_AMZN_TRACE_ID: `Root=${TRACE_ID};Parent=53995c3f42cd8ad8;Sampled=${sampled}`,
    AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${port}`,
  };
  await once(spawn(process.execPath, [join(folder, 'caller.js')], { env, stdio: 'ignore' }), 'close');
}

test("a sampled invocation is a subsegment of Lambda's trace, with the error it ended with", async () => {
  await invoke(1);

  const segments = received.map((message) => JSON.parse(message.split('\n')[1]!) as Subsegment);
  expect(segments).toMatchObject([
    {
      name: '## index.handler',
      trace_id: TRACE_ID,
      fault: true,
      annotations: { ColdStart: true, Service: 'watch-freshness' },
      cause: { exceptions: [{ type: 'ConfigError', message: expect.stringContaining('scheduled_time') }] },
    },
  ]);
});

test('an invocation that is not sampled sends nothing', async () => {
  await invoke(0);

  expect(received).toEqual([]);
});
