import { publishedDays } from '../../core/manifest/manifest-store';
import type { DaySpan } from '../../core/planning/asked-days';
import { newestDay } from '../../core/planning/window';
import { RawArchive } from '../../core/raw/raw-archive';
import type { LettersElsewhere } from '../../core/redrive/covered-letters';
import { type RedriveReport, redrive } from '../../core/redrive/redrive';
import type { DayRange } from '../../core/status/day-ranges';
import { type Day, daysBetween } from '../../core/time/day';
import type { CommandResult, Invocation } from '../command-runner';
import { damagedDays } from '../failures';
import { createLogger } from '../logger';
import { countText, plural } from '../text/quantities';
import { rangeText } from '../text/range-text';
import { assertDeployed } from './assert-deployed';
import type { DeployedEnvironment } from './deployed-environment';

export interface AwsRedrive {
  readonly deployed: DeployedEnvironment;
  /** Days that are over; all that are published or due when there is none. */
  readonly span: DaySpan | undefined;
  /** Whether letters that cannot be read are deleted too. */
  readonly dropUnreadable: boolean;
}

export async function redriveOnAws(
  { now, options, surroundings }: Pick<Invocation, 'now' | 'options' | 'surroundings'>,
  { deployed, span, dropUnreadable }: AwsRedrive,
): Promise<CommandResult> {
  await assertDeployed(deployed);
  const days = span === undefined ? await publishableDays(deployed, now) : daysBetween(span.from, span.to);
  const { pipeline, raw, deadLetters: letters, live } = deployed;
  const { clock } = surroundings;
  const logger = createLogger(options, surroundings, { command: 'redrive', pipeline: pipeline.name });
  const archive = new RawArchive(raw, pipeline.name, { clock, logger, ignoresSimulated: live });
  const report = await redrive({ ...deployed, archive, letters, clock, now, dropUnreadable }, days);
  return {
    document: { environment: deployed.name, pipeline: pipeline.name, ...report, next: nextStep(report) },
    text: () => redriveText(report, deployed.name),
    failures: damagedDays(report.damaged),
  };
}

/** From the first that is published to the newest that is due. */
async function publishableDays({ pipeline, processed }: DeployedEnvironment, now: number): Promise<Day[]> {
  const newest = newestDay(pipeline, now);
  const [first = newest] = await publishedDays(processed, pipeline.name);
  return daysBetween(first < newest ? first : newest, newest);
}

function redriveText(report: RedriveReport, environment: string): string {
  const { executions, missing, partial, under_way, left, letters } = report;
  const next = nextStep(report);
  const lines = [
    ...rangeLines('missing', missing),
    ...rangeLines('partial', partial),
    ...rangeLines('left to executions under way', under_way),
    ...executions.map(({ name, how, requests, from, to }) => {
      const what = requests === null ? `all of ${from} to ${to}` : plural(requests, 'request');
      return `${how === 'running' ? 'runs already' : 'started'}: ${name}, ${what}`;
    }),
    ...rangeLines('left', left),
    ...(next === null ? [] : [next]),
    ...letterLines(letters, environment),
  ];
  return [...(executions.length === 0 ? ['Nothing was started.'] : []), ...lines].join('\n');
}

/** What to do about the days that are left; null when there are none. */
function nextStep({ executions, left }: RedriveReport): string | null {
  if (left.length === 0) return null;
  const names = executions.map(({ name }) => name);
  const who = names.length === 0 ? 'what is under way' : names.join(', ');
  return `Run redrive again for the days that are left when ${who} ${names.length > 1 ? 'have' : 'has'} ended.`;
}

function letterLines(letters: RedriveReport['letters'], environment: string): string[] {
  const { deleted, kept, elsewhere, unreadable, dropped, unseen } = letters;
  return [
    `dead letters: ${countText(deleted)} deleted, ${countText(kept)} kept`,
    ...(elsewhere === null ? [] : [elsewhereLine(elsewhere, environment)]),
    ...dropped.map(({ id, name, message }) => `deleted, could not be read: ${id}, ${name}: ${message}`),
    ...countLine(unreadable, 'kept that cannot be read: --drop-unreadable deletes such'),
    ...countLine(unseen, 'not seen, being in other hands: run redrive again in five minutes'),
  ];
}

function elsewhereLine({ letters, from, to }: LettersElsewhere, environment: string): string {
  const are = letters === 1 ? 'is' : 'are';
  const wayOut = `redrive --aws --environment ${environment} --from ${from} --to ${to}`;
  return `${plural(letters, 'letter')} ${are} about days that were not looked at: ${wayOut}`;
}

function countLine(count: number, what: string): string[] {
  return count === 0 ? [] : [`${plural(count, 'letter')} ${what}`];
}

function rangeLines(what: string, ranges: readonly DayRange[]): string[] {
  return ranges.length === 0 ? [] : [`${what}: ${ranges.map(rangeText).join(', ')}`];
}
