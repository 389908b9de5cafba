import type { Command } from 'commander';
import { loadPipelineFile } from '../../adapters/filesystem/pipeline-file';
import { ConfigError, type ConfigProblem } from '../../core/errors';
import { oneLine } from '../../core/message-text';
import { type Advice, adviceFor } from '../../core/pipeline/advice';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { prefixesListed, projectedDays } from '../../core/pipeline/projection';
import { DEFAULT_SCHEDULE_TIMEZONE, type Schedule, scheduleProblems } from '../../core/planning/schedule';
import { scheduleAdvice } from '../../core/planning/schedule-advice';
import { scheduleEndAdvice } from '../../core/planning/schedule-end';
import { adviceLines } from '../advice-lines';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { API_KEY_VARIABLE } from '../composition';
import type { Failure } from '../failures';
import { type GlobalOptions, pipelineFile } from '../global-options';
import { addHelpTexts } from '../help';
import type { Surroundings } from '../surroundings';
import { countText, plural } from '../text/quantities';
import { together } from '../together';

const SCHEMA_ENDING = '.schema.json';

interface CheckOptions {
  readonly schedule?: string;
  readonly scheduleTimezone: string;
}

export function addCheckCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('check')
    .summary('validate pipeline files')
    .description('Validates pipeline files, tells every mistake at once, and warns of what is worth knowing.')
    .argument('[file...]', 'pipeline files; the one of --pipeline when none is named')
    .option('--schedule <expression>', 'when it is to run on AWS: cron(...), rate(...) or at(...)')
    .option('--schedule-timezone <zone>', 'IANA time zone of the schedule', DEFAULT_SCHEDULE_TIMEZONE)
    .action((files: string[], options: CheckOptions) =>
      run({
        command,
        work: async (invocation) => {
          refuseZoneAlone(command, options);
          return check(invocation, files, options);
        },
      }),
    );
  addHelpTexts(command, {
    notes: `Warnings do not change the exit code. Nothing is fetched. Files that end with ${SCHEMA_ENDING} are passed over.`,
    examples: [
      ['ingest-weather check', 'the default pipeline'],
      ['ingest-weather check pipelines/*.json', 'all of a folder'],
      [
        'ingest-weather check --schedule "cron(30 10 * * ? *)"',
        'whether every location has ended its day when the schedule fires',
      ],
    ],
  });
}

interface CheckedFile {
  readonly file: string;
  readonly pipeline: Pipeline | undefined;
  readonly warnings: readonly Advice[];
}

async function check(
  { options, surroundings, now }: Invocation,
  named: readonly string[],
  asked: CheckOptions,
): Promise<CommandResult> {
  const files = pipelineFiles(named, options);
  const schedule = await scheduleFor(files, asked);
  const checked: CheckedFile[] = [];
  const failures: Failure[] = [];
  for (const file of files) {
    try {
      const pipeline = await loadPipelineFile(file);
      checked.push({
        file,
        pipeline,
        warnings: [
          ...keyAdvice(pipeline, surroundings),
          ...adviceFor(pipeline),
          ...(schedule === undefined
            ? []
            : [...scheduleAdvice(pipeline, schedule), ...scheduleEndAdvice(schedule)]),
        ],
      });
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      checked.push({ file, pipeline: undefined, warnings: [] });
      failures.push({ what: file, error });
    }
  }
  return {
    document: { files: checked.map((one) => fileDocument(one, now)) },
    text: () =>
      checked
        .filter(({ pipeline }) => pipeline !== undefined)
        .map((one) => fileText(one, now))
        .join('\n'),
    failures,
  };
}

/** @throws ConfigError when there is a time zone and nothing to read in it */
function refuseZoneAlone(command: Command, { schedule, scheduleTimezone }: CheckOptions): void {
  if (schedule !== undefined || command.getOptionValueSource('scheduleTimezone') !== 'cli') return;
  const message = 'says nothing without --schedule; add it, or leave this out';
  throw new ConfigError('The command line has mistakes:', [
    { path: '--schedule-timezone', message, received: scheduleTimezone },
  ]);
}

/** JSON Schemas lie beside the files that they describe. @throws ConfigError when nothing is left to check */
function pipelineFiles(named: readonly string[], options: GlobalOptions): readonly string[] {
  if (named.length === 0) return [pipelineFile(options)];
  const files = named.filter((file) => !file.endsWith(SCHEMA_ENDING));
  if (files.length > 0) return files;
  throw new ConfigError('There is nothing to check:', [
    {
      path: '[file...]',
      message: 'names JSON Schemas alone; name a pipeline file',
      received: named.join(' '),
    },
  ]);
}

/** @throws ConfigError when the schedule itself is wrong, with the mistakes of the files then */
async function scheduleFor(files: readonly string[], asked: CheckOptions): Promise<Schedule | undefined> {
  const { schedule: expression, scheduleTimezone: timezone } = asked;
  if (expression === undefined) return undefined;
  const schedule = { expression, timezone };
  const problems = scheduleProblems(schedule).map(atItsFlag);
  const refuse = () => {
    throw new ConfigError('The schedule is wrong:', problems);
  };
  if (problems.length > 0) await together(refuse, ...files.map((file) => () => loadPipelineFile(file)));
  return schedule;
}

function atItsFlag(problem: ConfigProblem): ConfigProblem {
  return { ...problem, path: problem.path === 'timezone' ? '--schedule-timezone' : '--schedule' };
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

function fileDocument({ file, pipeline, warnings }: CheckedFile, now: number): Record<string, unknown> {
  if (pipeline === undefined) return { file, valid: false };
  const { locations, tables } = pipeline;
  return {
    file,
    valid: true,
    pipeline: pipeline.name,
    locations: locations.length,
    tables: tables.map(({ name }) => name),
    athena: { ...projectedDays(pipeline), prefixes: prefixesListed(pipeline, now) },
    warnings,
  };
}

function fileText({ file, pipeline, warnings }: CheckedFile, now: number): string {
  const { name, locations, tables } = pipeline!;
  const columns = tables.reduce((sum, table) => sum + table.columns.length, 0);
  const contents = [
    plural(locations.length, 'location'),
    plural(tables.length, 'table'),
    plural(columns, 'column'),
  ];
  return [
    `${oneLine(file)}: valid (${name}: ${contents.join(', ')})`,
    athenaText(pipeline!, now),
    ...adviceLines(warnings),
  ].join('\n');
}

function athenaText(pipeline: Pipeline, now: number): string {
  const { from, to } = projectedDays(pipeline);
  const prefixes = countText(prefixesListed(pipeline, now));
  return `  in Athena: ${from} to ${to === 'NOW' ? 'today' : to}; a query that names no date lists ${prefixes} prefixes of a table`;
}
