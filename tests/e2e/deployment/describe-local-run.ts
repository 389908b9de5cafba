import { join } from 'node:path';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { BuiltCommand, documentOf } from '../../integration/cli/built-command';
import { visibleObjects } from '../../lake/test-lake';
import { PROJECT, runCommand } from '../account/run-command';
import { ACCOUNT_KEYS } from '../account/simulated-account';
import { type Deployment, REGION } from './deployment';
import { PIPELINE } from './describe-scheduled-run';
import { WINDOW } from './suite-days';

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
    expect(await published('fetched')).toEqual(await visibleObjects(deployment.dev.store('processed')));
  });

  it("the account's raw, copied down and replayed, is the same files to the byte", async () => {
    await runCommand({
      program: 'npm',
      args: ['run', '--silent', 'pull-raw', '--', '--bucket', deployment.dev.bucket('raw')].concat([
        '--pipeline',
        PIPELINE,
        '--lake',
        join(command.folder, 'pulled'),
      ]),
      cwd: PROJECT,
      env: {
        ...process.env,
        AWS_ENDPOINT_URL: deployment.account.endpoint,
        AWS_REGION: REGION,
        AWS_ACCESS_KEY_ID: ACCOUNT_KEYS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ACCOUNT_KEYS.secretAccessKey,
      },
    });

    const { outcomes } = documentOf(await command.call(['replay', ...SPAN, ...options('pulled')]));

    expect(outcomes).toEqual({ published: WINDOW.length });
    expect(await published('pulled')).toEqual(await visibleObjects(deployment.dev.store('processed')));
  });
}
