import type { Execution } from '../../core/ports/executions';
import type { LetterBox, QueueDepth } from '../../core/ports/letter-box';
import { type Letter, readLetter } from '../../core/redrive/read-letter';
import { lakeStatus } from '../../core/status/lake-status';
import type { CommandResult, Invocation } from '../command-runner';
import { damagedDays } from '../failures';
import { statusText } from '../status-text';
import { alignedTable } from '../text/aligned-table';
import { countText } from '../text/quantities';
import type { DeployedEnvironment } from './deployed-environment';
import { type AwsWords, chosenEnvironment, openEnvironment } from './open-environment';

/** Read to tell reasons; more are counted. */
const LETTERS_READ = 200;

interface RunningExecution {
  readonly name: string;
  readonly started_at: string;
  readonly requests: { readonly total: number; readonly done: number } | null;
  readonly dates: { readonly total: number; readonly done: number } | null;
}

/** What is published, runs, waits and was given up. */
export async function statusOnAws(words: AwsWords, invocation: Invocation): Promise<CommandResult> {
  const deployed = await openEnvironment(await chosenEnvironment(words, invocation), invocation);
  const { pipeline, raw, processed, lake, buffer, deadLetters } = deployed;
  const [lakeFound, executions, waiting, dead] = await Promise.all([
    lakeStatus({ pipeline, raw, processed, now: invocation.now }),
    runningOf(deployed),
    buffer.depth(),
    deadLetters.depth(),
  ]);
  // After they were counted: who looks into them takes them out of sight.
  const letters = await lookInto(deadLetters);
  const queues = { requests: waiting, dead_letters: dead };
  const reasons = reasonsOf(letters);
  return {
    document: { environment: deployed.name, lake, ...lakeFound, executions, queues, dead_letters: reasons },
    failures: damagedDays(lakeFound.damaged),
    text: () =>
      [statusText(lakeFound, lake), workText(executions, queues), reasonsText(reasons)]
        .filter((part) => part !== '')
        .join('\n\n'),
  };
}

async function runningOf({ executions }: DeployedEnvironment): Promise<RunningExecution[]> {
  const found: RunningExecution[] = [];
  for (const name of await executions.running()) {
    const execution = await executions.find(name);
    if (execution !== undefined) found.push({ ...aboutRun(execution), ...(await mapsOf(executions, name)) });
  }
  return found;
}

function aboutRun({ name, startedAt }: Execution) {
  return { name, started_at: new Date(startedAt).toISOString() };
}

async function mapsOf(executions: DeployedEnvironment['executions'], name: string) {
  const [requests = null, , dates = null] = await executions.maps(name);
  return { requests, dates };
}

/** Letters come out of sight while they are read, and are given back. */
async function lookInto(box: LetterBox): Promise<Letter[]> {
  const taken = await box.take(LETTERS_READ);
  await box.giveBack(taken.map(({ receipt }) => receipt));
  return taken.map(readLetter);
}

interface LetterReason {
  readonly name: string;
  readonly message: string;
  readonly letters: number;
  readonly first_day: string | null;
  readonly last_day: string | null;
  readonly last_died_at: string | null;
}

function reasonsOf(letters: readonly Letter[]): LetterReason[] {
  const groups = new Map<string, Letter[]>();
  for (const letter of letters) {
    const key = `${letter.reason.name}\n${letter.reason.message}`;
    groups.set(key, [...(groups.get(key) ?? []), letter]);
  }
  return [...groups.values()].map((group) => {
    const items = group.flatMap(({ item }) => item ?? []);
    return {
      ...group[0]!.reason,
      letters: group.length,
      first_day: items.map(({ from }) => from).sort()[0] ?? null,
      last_day:
        items
          .map(({ to }) => to)
          .sort()
          .at(-1) ?? null,
      last_died_at:
        group
          .flatMap(({ died_at }) => died_at ?? [])
          .sort()
          .at(-1) ?? null,
    };
  });
}

function workText(
  executions: readonly RunningExecution[],
  queues: Readonly<Record<'requests' | 'dead_letters', QueueDepth>>,
): string {
  const depth = ({ waiting, hidden }: QueueDepth) =>
    `${countText(waiting)} waiting, ${countText(hidden)} in hand`;
  const share = (map: RunningExecution['requests']) => (map === null ? '-' : `${map.done}/${map.total}`);
  return alignedTable(
    [{ head: 'on AWS' }, { head: '' }],
    [
      ['executions', executions.length === 0 ? 'none runs' : `${executions.length} run`],
      ...executions.map(({ name, started_at, requests, dates }) => [
        name,
        `since ${started_at}, requests ${share(requests)}, dates ${share(dates)}`,
      ]),
      ['requests', depth(queues.requests)],
      ['dead letters', depth(queues.dead_letters)],
    ],
  );
}

function reasonsText(reasons: readonly LetterReason[]): string {
  return alignedTable(
    [{ head: 'dead letters', align: 'right' }, { head: 'days' }, { head: 'reason' }],
    reasons.map(({ letters, first_day, last_day, name, message }) => [
      countText(letters),
      first_day === null ? '' : `${first_day} to ${last_day}`,
      `${name}: ${message}`,
    ]),
  );
}
