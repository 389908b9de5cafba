import type { Command } from 'commander';
import { ConfigError } from '../../core/errors';
import type { Pipeline } from '../../core/pipeline/pipeline';
import { type DaySpan, ingestibleDays } from '../../core/planning/asked-days';
import type { RecordedFile } from '../../core/runs/recorded-file';
import { replayDays, replayFiles } from '../../core/runs/replay';
import type { RunOptions, RunParts, RunReport } from '../../core/runs/run-parts';
import type { CommandResult, Invocation, RunCommand } from '../command-runner';
import { addDateOptions, type DateOptions, daySpan } from '../dates';
import { addHelpTexts } from '../help';
import { parseLakeAddress } from '../lake-address';
import { loadPipeline } from '../load-pipeline';
import { performRun } from '../pipeline-run';
import { readRecordedFiles } from '../recorded-files';
import { plural } from '../text/quantities';
import { together } from '../together';

interface ReplayOptions extends DateOptions {
  readonly force?: true;
}

export function addReplayCommand(program: Command, run: RunCommand): void {
  const command = addDateOptions(program.command('replay'))
    .summary('make days again from raw, without network')
    .description(
      'Makes days again from the raw answers that the lake keeps, or takes recorded answers from files as if they had just been fetched.',
    )
    .argument('[path...]', 'recorded answers: .json or .json.gz files, or folders of them')
    .option('--force', 'publish even what lacks locations of the published version')
    .action((paths: string[], options: ReplayOptions) =>
      run({ command, work: (invocation) => replay(invocation, paths, options) }),
    );
  addHelpTexts(command, {
    notes: `Without dates and files: the newest day and the look-back days of the pipeline.
A recorded answer without coordinates, units or offset is refused unless the pipeline names them under "recorded".
Days that files cover in part are published as partial. init --from drafts a pipeline for a file of another shape.
Answers that lie as a lake's raw folder holds them keep the mark of a simulator; simulated and real days do not mix.
The request beside such an answer says whose weather it is; any other is matched by location_id, then by coordinates.`,
    examples: [
      ['ingest-weather replay --from 2025-01-01 --to 2025-12-31', 'a year, after the pipeline was changed'],
      ['ingest-weather replay answer.json', 'a recorded answer'],
      ['ingest-weather replay --pipeline my.json recorded/', 'every .json and .json.gz of a folder'],
    ],
  });
}

async function replay(
  invocation: Invocation,
  paths: readonly string[],
  options: ReplayOptions,
): Promise<CommandResult> {
  const [span, files, pipeline] = await together(
    () => replaySpan(options, paths),
    () => readRecordedFiles(paths),
    () => loadPipeline(invocation.options),
    () => parseLakeAddress(invocation.options.lake),
  );
  const work =
    paths.length > 0
      ? (parts: RunParts, runOptions: RunOptions) => replayFiles(parts, runOptions, files)
      : replayOf(span, pipeline, invocation.now);
  return performRun(invocation, {
    pipeline,
    online: false,
    bar: false,
    settings: { force: options.force === true, patience: 'minute', retryForSeconds: 0 },
    ...(paths.length > 0 && { brings: kindOf(files) }),
    work,
  });
}

/** @throws ConfigError when some of the answers are made up and some are not */
function kindOf(files: readonly RecordedFile[]): 'real' | 'simulated' {
  const simulated = files.filter((file) => file.simulated);
  if (simulated.length === 0) return 'real';
  if (simulated.length === files.length) return 'simulated';
  throw new ConfigError('Simulated and real answers do not go together:', [
    {
      path: '[path...]',
      message: `${plural(simulated.length, 'file')} of ${files.length} are simulated; replay them apart, into two lakes`,
      received: simulated.map(({ name }) => name).join(' '),
    },
  ]);
}

function replayOf(span: DaySpan | undefined, pipeline: Pipeline, now: number) {
  const days = ingestibleDays(span, pipeline, now);
  return (parts: RunParts, options: RunOptions): Promise<RunReport> => replayDays(parts, options, days);
}

function replaySpan(options: ReplayOptions, paths: readonly string[]): DaySpan | undefined {
  const span = daySpan(options);
  if (span === undefined || paths.length === 0) return span;
  throw new ConfigError('Dates and files exclude each other:', [
    {
      path: '[path...]',
      message: 'files say themselves which days they hold; leave the dates out',
      received: paths.join(' '),
    },
  ]);
}
