import { type Command, Option } from 'commander';
import { writePipelineFile } from '../../core/drafting/write-pipeline-file';
import { oneLine } from '../../core/message-text';
import { API_NAMES, SECTIONS } from '../../core/model/source';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import type { DraftWords } from '../draft-words';
import { addHelpTexts } from '../help';
import { draftOf } from '../pipeline-draft';
import { writeNewFile } from '../write-new-file';

interface InitOptions extends DraftWords {
  readonly output?: string;
  readonly force?: true;
}

export function addInitCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('init')
    .summary('draft a pipeline file to be edited')
    .description('Drafts a pipeline file from a recorded answer, or from variables at a place.')
    .option('--from <answer>', 'file with an answer of the source, .json or .json.gz')
    .option(
      '--variables <names>',
      'variables, separated by commas, such as temperature_2m,daily:precipitation_sum',
    )
    .option('--latitude <degrees>', 'of the location, where --from does not say it')
    .option('--longitude <degrees>', 'of the location, where --from does not say it')
    .option('--timezone <zone>', 'IANA time zone of the location, such as Europe/Berlin')
    .option('--name <name>', 'of the pipeline (default: after the file, or weather)')
    .addOption(new Option('--api <api>', 'that gave the answer, or is to be asked').choices(API_NAMES))
    .option('--models <names>', 'weather models, separated by commas')
    .addOption(new Option('--section <section>', 'of a file that is a bare block').choices(SECTIONS))
    .option(
      '--unit <column=unit>',
      'unit of a column that has none in the file, column= for an empty one; may be repeated',
      collect,
    )
    .option('--utc-offset-seconds <seconds>', 'offset of local times, where the file does not say it')
    .option('--output <file>', 'where to write it (default: standard output)')
    .option('--force', 'replace the file if it is there')
    .action((options: InitOptions) => run({ command, work: (invocation) => init(invocation, options) }));
  addHelpTexts(command, {
    notes: `API and models are recognised by the columns unless they are stated. Columns keep the names and units received. What is drafted passes check and reads the answer that it came from;
it has no plausible ranges then, and limits that let everything pass: edit it before you rely on it.`,
    examples: [
      ['ingest-weather init --from answer.json --output my.json', 'after an answer'],
      [
        'ingest-weather init --latitude 52.52 --longitude 13.41 --variables temperature_2m,rain',
        'to standard output',
      ],
    ],
  });
}

function collect(text: string, former: readonly string[] = []): string[] {
  return [...former, text];
}

async function init(
  { options, now }: Invocation,
  { output, force, ...words }: InitOptions,
): Promise<CommandResult> {
  const draft = await draftOf(words, now);
  const text = writePipelineFile(draft);
  const document = { output: output ?? null, pipeline: draft };
  if (output === undefined) return { document, text: () => text };
  await writeNewFile(output, text, force === true);
  const file = oneLine(output);
  const next = `Edit it, then: ingest-weather check ${file}`;
  return {
    document,
    text: () => `The pipeline ${draft.name} was written to ${file}. ${options.quiet ? '' : next}`,
  };
}
