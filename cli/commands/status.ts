import type { Command } from 'commander';
import { lakeStatus } from '../../core/status/lake-status';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addHelpTexts } from '../help';
import { lakeStores } from '../lake-stores';
import { loadPipeline } from '../load-pipeline';
import { statusText } from '../status-text';

export function addStatusCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('status')
    .summary('what is published, and what is wrong with it')
    .description(
      "Tells what the lake holds of the pipeline: published days, gaps, partial days, freshness, quality, sizes, days being republished, days that the pipeline's history source would now serve better.",
    )
    .action(() => run({ command, work: status }));
  addHelpTexts(command, {
    notes: 'A finding is no failure: the command ends with 0 whenever the lake could be read.',
    examples: [
      ['ingest-weather status', 'a summary'],
      ['ingest-weather status --json', 'everything'],
    ],
  });
}

async function status({ options, surroundings, now }: Invocation): Promise<CommandResult> {
  const pipeline = await loadPipeline(options);
  const { processed } = await lakeStores(options.lake, surroundings);
  const found = await lakeStatus({ pipeline, processed, now });
  return { document: { lake: options.lake, ...found }, text: () => statusText(found, options.lake) };
}
