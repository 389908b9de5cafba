import type { Command } from 'commander';
import { ingestibleDays } from '../../core/planning/asked-days';
import { addAwsOptions, needsAws } from '../aws/aws-options';
import { type AwsWords, chosenEnvironment, openEnvironment } from '../aws/open-environment';
import { redriveOnAws } from '../aws/redrive-on-aws';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addSpanOptions, namedSpan, type SpanOptions } from '../dates';
import { addHelpTexts } from '../help';
import { together } from '../together';

interface RedriveOptions extends SpanOptions, AwsWords {
  readonly dropUnreadable?: true;
}

export function addRedriveCommand(program: Command, run: RunCommand): void {
  const command = addAwsOptions(addSpanOptions(program.command('redrive')))
    .summary('send again what days lack, on AWS')
    .description(
      'Starts executions for the requests that partial and missing days lack, then deletes the dead letters about them.',
    )
    .option('--drop-unreadable', 'also delete dead letters that name no request; their reasons are printed')
    .action((options: RedriveOptions) =>
      run({ command, work: (invocation) => redriveDays(invocation, options) }),
    );
  addHelpTexts(command, {
    notes: `Mend the cause first: status --aws lists the reasons of the dead letters. Without days: from the first that is
published to the newest that is due. Days of running executions are left to them. Of a missing day only the requests
without a kept answer are sent; all of them when every answer is kept, since those were not good enough. Running and new
executions together take two days of the quota at most, or one run of days where that alone takes longer; what is left
is listed, for the next redrive.`,
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
    () => namedSpan(options),
    () => chosenEnvironment(options, invocation),
  );
  if (span !== undefined) ingestibleDays(span, chosen.pipeline, invocation.now);
  const deployed = await openEnvironment(chosen, invocation);
  return redriveOnAws(invocation, { deployed, span, dropUnreadable: options.dropUnreadable === true });
}
