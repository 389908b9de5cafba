import { execFile } from 'node:child_process';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/check-main.mjs');
const [COMMIT, LATER] = ['a'.repeat(40), 'b'.repeat(40)];

let server: Server;
let answer: { readonly status: number; readonly sha: string };
let asked: { readonly url: string | undefined; readonly headers: IncomingHttpHeaders };

beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    asked = { url, headers };
    response.writeHead(answer.status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ref: 'refs/heads/main', object: { sha: answer.sha, type: 'commit' } }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => new Promise((closed) => server.close(closed)));

function check(parts: Readonly<Record<string, string>> = {}) {
  const env = {
    ...process.env,
    GITHUB_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    GITHUB_REPOSITORY: 'owner/repository',
    GITHUB_SHA: COMMIT,
    GH_TOKEN: 'token-of-the-job',
    ...parts,
  };
  return new Promise<{ readonly status: number; readonly stderr: string }>((ended) => {
    const child = execFile(process.execPath, [SCRIPT], { env }, (_, __, stderr) =>
      ended({ status: child.exitCode ?? -1, stderr }),
    );
  });
}

describe('npm run check:main', () => {
  test('passes while main is at the commit of the run', async () => {
    answer = { status: 200, sha: COMMIT };

    expect(await check()).toEqual({ status: 0, stderr: '' });
    expect(asked).toMatchObject({
      url: '/repos/owner/repository/git/ref/heads/main',
      headers: { authorization: 'Bearer token-of-the-job' },
    });
  });

  test('ends the job when main has moved on, and says which run deploys', async () => {
    answer = { status: 200, sha: LATER };

    expect(await check()).toEqual({
      status: 1,
      stderr: `Nothing is deployed: main is at ${LATER} now, and this run is for ${COMMIT}. The run of that commit deploys both.\n`,
    });
  });

  test('ends the job when GitHub refuses to tell where main is', async () => {
    answer = { status: 403, sha: COMMIT };

    expect(await check()).toEqual({ status: 1, stderr: untold('status 403') });
  });

  test('ends the job when nothing answers', async () => {
    expect(await check({ GITHUB_API_URL: await closedAddress() })).toEqual({
      status: 1,
      stderr: untold('ECONNREFUSED'),
    });
  });
});

const untold = (reason: string) =>
  `Nothing is deployed: GitHub does not tell where main is (${reason}). Run this job again.\n`;

/** Where a server was that is gone. */
async function closedAddress(): Promise<string> {
  const gone = createServer();
  await new Promise<void>((listening) => gone.listen(0, '127.0.0.1', listening));
  const { port } = gone.address() as AddressInfo;
  await new Promise((closed) => gone.close(closed));
  return `http://127.0.0.1:${port}`;
}
