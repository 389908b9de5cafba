import type { Command } from 'commander';
import { publishedDays } from '../../core/manifest/manifest-store';
import { type RedriveReport, redrive } from '../../core/orchestration/redrive';
import { ingestibleDays } from '../../core/planning/asked-days';
import { newestDay } from '../../core/planning/window';
import { RawArchive } from '../../core/raw/raw-archive';
import type { DayRange } from '../../core/status/day-ranges';
import { type Day, daysBetween } from '../../core/time/day';
import { addAwsOptions, needsAws } from '../aws/aws-options';
import type { DeployedEnvironment } from '../aws/deployed-environment';
import { type AwsWords, chosenEnvironment, openEnvironment } from '../aws/open-environment';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addSpanOptions, type DateOptions, daySpan } from '../dates';
import { addHelpTexts } from '../help';
import { countText, plural } from '../text/quantities';
import { together } from '../together';

interface RedriveOptions extends DateOptions, AwsWords {
  readonly dropUnreadable?: true;
}

export function addRedriveCommand(program: Command, run: RunCommand): void {
  const command = addAwsOptions(addSpanOptions(program.command('redrive')))
    .summary('send again what days lack, on AWS')
    .description(
      'Starts executions for the requests that partial and missing days lack, then deletes the dead letters about them.',
    )
    .option('--drop-unreadable', 'delete dead letters too that say of no request; their reasons are printed')
    .action((options: RedriveOptions) =>
      run({ command, work: (invocation) => redriveDays(invocation, options) }),
    );
  addHelpTexts(command, {
    notes: `Without days: from the first that is published to the newest that is due. What executions under way were started
for is left to them. Of a missing day only the requests are sent for which no answer is kept; all of them when every answer is
kept, since those were not good enough. At most two days of the quota are started; what is left is told, and is for the next
redrive. Mend the cause first: status --aws tells the reasons of the dead letters.`,
    examples: [
      ['ingest-weather redrive --aws --environment prod', 'all that is lacking'],
      ['ingest-weather redrive --aws --environment prod --from 2026-01-01 --to 2026-01-31', 'of a month'],
      ['ingest-weather redrive --aws --environment prod --drop-unreadable', 'and letters of no request'],
    ],
  });
}

async function redriveDays(invocation: Invocation, options: RedriveOptions): Promise<CommandResult> {
  needsAws(options);
  const [span, chosen] = await together(
    () => daySpan(options),
    () => chosenEnvironment(options, invocation),
  );
  if (span !== undefined) ingestibleDays(span, chosen.pipeline, invocation.now);
  const deployed = await openEnvironment(chosen, invocation);
  const days =
    span === undefined ? await publishableDays(deployed, invocation.now) : daysBetween(span.from, span.to);
  const { pipeline, raw, deadLetters: letters, live } = deployed;
  const { clock } = invocation.surroundings;
  const archive = new RawArchive(raw, pipeline.name, live);
  const report = await redrive(
    {
      ...deployed,
      archive,
      letters,
      clock,
      now: invocation.now,
      dropUnreadable: options.dropUnreadable === true,
    },
    days,
  );
  return {
    document: { environment: deployed.name, pipeline: pipeline.name, ...report, next: nextStep(report) },
    text: () => redriveText(report),
  };
}

/** From the first that is published to the newest that is due. */
async function publishableDays({ pipeline, processed }: DeployedEnvironment, now: number): Promise<Day[]> {
  const newest = newestDay(pipeline, now);
  const [first = newest] = await publishedDays(processed, pipeline.name);
  return daysBetween(first < newest ? first : newest, newest);
}

function redriveText(report: RedriveReport): string {
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
    ...letterLines(letters),
  ];
  return [...(executions.length === 0 ? ['Nothing was started.'] : []), ...lines].join('\n');
}

/** What to do about the days that are left; null when there are none. */
function nextStep({ executions, left }: RedriveReport): string | null {
  if (left.length === 0) return null;
  const names = executions.map(({ name }) => name).join(', ');
  return `Run redrive again for the days that are left when ${names} ${executions.length > 1 ? 'have' : 'has'} ended.`;
}

function letterLines({ deleted, kept, unreadable, dropped, unseen }: RedriveReport['letters']): string[] {
  return [
    `dead letters: ${countText(deleted)} deleted, ${countText(kept)} kept`,
    ...dropped.map(({ id, name, message }) => `deleted, could not be read: ${id}, ${name}: ${message}`),
    ...(unreadable === 0
      ? []
      : [`${countText(unreadable)} of them cannot be read: --drop-unreadable deletes such`]),
    ...(unseen === 0
      ? []
      : [
          `${plural(unseen, 'letter')} could not be seen, being in other hands: run redrive again in five minutes`,
        ]),
  ];
}

function rangeLines(what: string, ranges: readonly DayRange[]): string[] {
  if (ranges.length === 0) return [];
  const texts = ranges.map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
  return [`${what}: ${texts.join(', ')}`];
}
