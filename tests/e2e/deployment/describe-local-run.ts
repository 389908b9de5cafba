import { join } from 'node:path';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { BuiltCommand, documentOf } from '../../integration/cli/built-command';
import { visibleObjects } from '../../lake/test-lake';
import { PROJECT, runCommand } from '../account/run-command';
import { ACCOUNT_KEYS } from '../account/simulated-account';
import { type Deployment, REGION } from './deployment';
import { PIPELINE } from './describe-scheduled-run';
import { WINDOW } from './suite-days';

/** Of weather by the hour and by the day, and of the locations. */
const TABLES = 3;
const SPAN = ['--from', WINDOW[0]!, '--to', WINDOW.at(-1)!, '--json'];

/** The command on this machine against the function in the account. */
export function describeLocalRun(deployment: Deployment): void {
  let command: BuiltCommand;
  const options = (lake: string) => [
    '--pipeline',
    join(deployment.root, 'pipelines/free.json'),
    '--lake',
    join(command.folder, lake),
  ];
  const published = (lake: string) =>
    visibleObjects(new FilesystemObjectStore(join(command.folder, lake, 'processed')));

  beforeAll(async () => {
    command = await BuiltCommand.build();
  });
  afterAll(() => command?.remove());

  it('the same days, fetched by the command, are the same files to the byte', async () => {
    const source = ['--source-url', deployment.free.simulator.url];

    const { outcomes } = documentOf(
      await command.call(['ingest', ...SPAN, ...options('fetched'), ...source]),
    );

    expect(outcomes).toEqual({ published: WINDOW.length });
    expect((await published('fetched')).size).toBe(WINDOW.length * TABLES);
    expect(await published('fetched')).toEqual(await visibleObjects(deployment.dev.store('processed')));
  });

  it("the account's raw, copied down and replayed, is the same files to the byte", async () => {
    await pullRaw(deployment, join(command.folder, 'pulled'));

    const { outcomes } = documentOf(await command.call(['replay', ...SPAN, ...options('pulled')]));

    expect(outcomes).toEqual({ published: WINDOW.length });
    expect(await published('pulled')).toEqual(await visibleObjects(deployment.dev.store('processed')));
  });
}

/** As somebody does who wants the account's answers on a machine of their own. */
async function pullRaw({ dev, account }: Deployment, lake: string): Promise<void> {
  const options = ['--bucket', dev.bucket('raw'), '--pipeline', PIPELINE, '--lake', lake];
  await runCommand({
    program: 'npm',
    args: ['run', '--silent', 'pull-raw', '--', ...options],
    cwd: PROJECT,
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: account.endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: ACCOUNT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ACCOUNT_KEYS.secretAccessKey,
    },
  });
}
