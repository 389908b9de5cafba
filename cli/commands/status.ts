import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { lakeStatus } from '../../core/status/lake-status';
import { addAwsOptions } from '../aws/aws-options';
import { type AwsWords, isOnAws } from '../aws/open-environment';
import { statusOnAws } from '../aws/status-on-aws';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { damagedDays } from '../failures';
import { addHelpTexts } from '../help';
import { inLake } from '../in-lake';
import { parseLakeAddress } from '../lake-address';
import { lakeStores } from '../lake-stores';
import { loadPipeline } from '../load-pipeline';
import { otherPipelines } from '../other-pipelines';
import { statusText } from '../status-text';
import { together } from '../together';

export function addStatusCommand(program: Command, run: RunCommand): void {
  const command = addAwsOptions(program.command('status'))
    .summary('what is published, and what is wrong with it')
    .description(
      "Tells what the lake holds of the pipeline, and of every other one where --pipeline names none: published days, gaps, partial days, freshness, quality, sizes, days being republished, days that the pipeline's history source would now serve better.",
    )
    .action((words: AwsWords) => run({ command, work: (invocation) => status(words, invocation) }));
  addHelpTexts(command, {
    notes: `A finding is no failure: the command ends with 0 whenever the lake could be read, with 7 where the manifest of a day
could not, with 2 where the document of a deployed pipeline is wrong. With --aws it tells the executions under way, what waits
for the source, and the reasons of the dead letters too.`,
    examples: [
      ['ingest-weather status', 'a summary'],
      ['ingest-weather status --json', 'everything'],
      ['ingest-weather status --aws --environment prod', 'of an orchestrated environment'],
    ],
  });
}

async function status(words: AwsWords, invocation: Invocation): Promise<CommandResult> {
  if (isOnAws(words)) return statusOnAws(words, invocation);
  const { options, surroundings, now } = invocation;
  const [pipeline, stores] = await together(
    () => loadPipeline(options),
    () => lakeStores(options.lake, surroundings),
  );
  const { raw, processed } = stores;
  const found = await inLake(options.lake, () => lakeStatus({ pipeline, raw, processed, now }));
  const isThere = lakeIsThere(options.lake);
  if (options.pipeline !== undefined) {
    return {
      document: { lake: options.lake, ...found },
      text: () => statusText(found, options.lake, isThere),
      failures: damagedDays(found.damaged),
    };
  }
  const others = await inLake(options.lake, () => otherPipelines({ stores, pipeline, now }));
  const { statuses } = others;
  const told = statuses.length > 0 && found.published.days === 0 ? statuses : [found, ...statuses];
  return {
    document: { lake: options.lake, ...found, other_pipelines: statuses },
    text: () => told.map((one) => statusText(one, options.lake, isThere)).join('\n\n'),
    failures: [...others.failures, ...[found, ...statuses].flatMap(({ damaged }) => damagedDays(damaged))],
  };
}

/** Whether a bucket is there, S3 itself tells. */
function lakeIsThere(lake: string): boolean {
  const address = parseLakeAddress(lake);
  return address.kind === 's3' || existsSync(address.folder);
}
