import type { Command } from 'commander';
import { loadPipelineFile } from '../../adapters/filesystem/pipeline-file';
import { ConfigError } from '../../core/errors';
import { type Advice, adviceFor } from '../../core/pipeline/advice';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { adviceLines } from '../advice-lines';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { API_KEY_VARIABLE } from '../composition';
import type { Failure } from '../failures';
import { pipelineFile } from '../global-options';
import { addHelpTexts } from '../help';
import type { Surroundings } from '../surroundings';
import { plural } from '../text/quantities';

export function addCheckCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('check')
    .summary('validate pipeline files')
    .description('Validates pipeline files, tells every mistake at once, and warns of what is worth knowing.')
    .argument('[file...]', 'pipeline files; the one of --pipeline when none is named')
    .action((files: string[]) => run({ command, work: (invocation) => check(invocation, files) }));
  addHelpTexts(command, {
    notes: 'Warnings do not change the exit code. Nothing is fetched.',
    examples: [
      ['ingest-weather check', 'the default pipeline'],
      ['ingest-weather check pipelines/*.json', 'all of a folder'],
    ],
  });
}

interface CheckedFile {
  readonly file: string;
  readonly pipeline: Pipeline | undefined;
  readonly warnings: readonly Advice[];
}

async function check(
  { options, surroundings }: Invocation,
  named: readonly string[],
): Promise<CommandResult> {
  const files = named.length > 0 ? named : [pipelineFile(options)];
  const checked: CheckedFile[] = [];
  const failures: Failure[] = [];
  for (const file of files) {
    try {
      const pipeline = await loadPipelineFile(file);
      checked.push({
        file,
        pipeline,
        warnings: [...keyAdvice(pipeline, surroundings), ...adviceFor(pipeline)],
      });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      checked.push({ file, pipeline: undefined, warnings: [] });
      failures.push({ what: file, error });
    }
  }
  return {
    document: { files: checked.map(fileDocument) },
    text: () =>
      checked
        .filter(({ pipeline }) => pipeline !== undefined)
        .map(fileText)
        .join('\n'),
    failures,
  };
}

function keyAdvice({ source }: Pipeline, { env }: Surroundings): Advice[] {
  if (source.plan !== 'keyed' || env[API_KEY_VARIABLE]) return [];
  return [
    {
      path: 'source.plan',
      message: `a keyed plan needs the environment variable ${API_KEY_VARIABLE}, which is not set here`,
    },
  ];
}

function fileDocument({ file, pipeline, warnings }: CheckedFile): Record<string, unknown> {
  if (pipeline === undefined) return { file, valid: false };
  const { locations, tables } = pipeline;
  return {
    file,
    valid: true,
    pipeline: pipeline.name,
    locations: locations.length,
    tables: tables.map(({ name }) => name),
    warnings,
  };
}

function fileText({ file, pipeline, warnings }: CheckedFile): string {
  const { name, locations, tables } = pipeline!;
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  const contents = [
    plural(locations.length, 'location'),
    plural(tables.length, 'table'),
    plural(columns, 'column'),
  ];
  return [`${file}: valid (${name}: ${contents.join(', ')})`, ...adviceLines(warnings)].join('\n');
}
