import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const RUNBOOK = readFileSync(resolve(__dirname, '../../../docs/runbook.md'), 'utf8');
const [, SECTION = ''] = /^### Read and redrive a dead letter\n([\s\S]*?)^### /m.exec(RUNBOOK) ?? [];
const BLOCKS = [...SECTION.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code!);

/** Notes how it was called; fails where its words hold what the variable names. */
const STAND_IN = `#!/bin/sh
echo "$(basename "$0") $*" >> calls
case "$(basename "$0") $*" in *"$FAILING"*) exit 1 ;; esac
echo '{}'
`;
const NAMES = { FUNCTION: 'the-function', MACHINE: 'the-machine', QUEUE: 'the-queue' };

describe('a dead letter, by the commands of the runbook,', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'runbook-'));
    for (const program of ['aws', 'jq']) {
      writeFileSync(join(folder, program), STAND_IN);
      chmodSync(join(folder, program), 0o755);
    }
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** What of `aws` a block calls, without options. */
  function callsOf(block: string, failing = 'nothing of this'): string[] {
    const env = { ...NAMES, FAILING: failing, PATH: `${folder}${delimiter}${process.env.PATH}` };
    spawnSync('bash', ['-c', block], { cwd: folder, env });
    const calls = join(folder, 'calls');
    const lines = existsSync(calls) ? readFileSync(calls, 'utf8').trimEnd().split('\n') : [];
    rmSync(calls, { force: true });
    return lines.filter((line) => line.startsWith('aws ')).map((line) => line.split(' --')[0]!);
  }

  const blockWith = (words: string) => BLOCKS.find((block) => block.includes(words)) ?? '';

  test.each([
    ['the function', 'lambda invoke', '--function-name "$FUNCTION"'],
    ['the state machine', 'stepfunctions start-execution', '--state-machine-arn "$MACHINE"'],
  ])('goes to %s and is deleted then, but stays where it was not taken', (_, send, to) => {
    const block = blockWith(send);

    expect(block).toContain(`${send} ${to}`);
    expect(block).toContain('file://event.json');
    expect(callsOf(block)).toEqual([`aws ${send}`, 'aws sqs delete-message']);
    expect(callsOf(block, send)).toEqual([`aws ${send}`]);
    expect(callsOf(block, 'jq')).toEqual([]);
  });

  test('is sent nowhere by a block that deletes it, other than these', () => {
    const deleting = BLOCKS.filter((block) => block.includes('delete-message'));

    expect(deleting.map((block) => callsOf(block))).toEqual([
      ['aws lambda invoke', 'aws sqs delete-message'],
      ['aws stepfunctions start-execution', 'aws sqs delete-message'],
      ['aws sqs delete-message'],
    ]);
  });
});
