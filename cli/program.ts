import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { reportError, runWork } from './command-runner';
import { addBackfillCommand } from './commands/backfill';
import { addCheckCommand } from './commands/check';
import { addIngestCommand } from './commands/ingest';
import { addInitCommand } from './commands/init';
import { addPlanCommand } from './commands/plan';
import { addQueryCommand } from './commands/query';
import { addRedriveCommand } from './commands/redrive';
import { addReplayCommand } from './commands/replay';
import { addSimulateCommand } from './commands/simulate';
import { addStatusCommand } from './commands/status';
import { addVerifyCommand } from './commands/verify';
import { EXIT_CODES, EXIT_CODES_HELP, type ExitCode } from './exit-codes';
import { addGlobalOptions, type GlobalOptions } from './global-options';
import { ENVIRONMENT_HELP } from './help';
import { addHelpCommand, HELP_COMMAND } from './help-command';
import type { Surroundings } from './surroundings';
import { usageError } from './usage-error';

export const PROGRAM_NAME = 'ingest-weather';

const COMMANDS = [
  addIngestCommand,
  addBackfillCommand,
  addReplayCommand,
  addRedriveCommand,
  addInitCommand,
  addPlanCommand,
  addCheckCommand,
  addStatusCommand,
  addVerifyCommand,
  addQueryCommand,
  addSimulateCommand,
];

/** The command, from its arguments to its exit code. Never throws. */
export async function runProgram(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let code: ExitCode = EXIT_CODES.done;
  const program = createProgram(surroundings);
  let called = program;
  program.hook('preSubcommand', (_, command) => {
    if (command.name() !== HELP_COMMAND) called = command;
  });
  for (const addCommand of COMMANDS) {
    addCommand(program, async (run) => {
      code = await runWork(run, surroundings);
    });
  }
  addHelpCommand(program);
  try {
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    return endOf(error, { called, args, surroundings });
  }
}

function createProgram({ stdout, stderr }: Surroundings): Command {
  const program = new Command(PROGRAM_NAME)
    .description(
      'A weather data lake from Open-Meteo: raw JSON, Parquet and manifests, checked and published by day.',
    )
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      // Told with all other errors, once the arguments are known to be wrong.
      outputError: () => {},
    })
    .exitOverride();
  return addGlobalOptions(program).addHelpText('after', `\n${GUIDE}`);
}

const GUIDE = `First steps:
  $ ${PROGRAM_NAME} plan                                 # what the daily run costs
  $ ${PROGRAM_NAME} ingest                               # the newest days into ./lake
  $ ${PROGRAM_NAME} status                               # what is there
  $ ${PROGRAM_NAME} query "FROM weather_daily LIMIT 5"   # a look

Without the network:
  $ ${PROGRAM_NAME} simulate --port 8080                 # made-up weather, in another terminal
  $ ${PROGRAM_NAME} ingest --source-url http://127.0.0.1:8080 --lake ./trial

${ENVIRONMENT_HELP}

${EXIT_CODES_HELP}`;

interface ParsedSoFar {
  /** The command, or the program where none was found. */
  readonly called: Command;
  readonly args: readonly string[];
  readonly surroundings: Surroundings;
}

/** Help and version end the parsing with an error too, of code 0. */
function endOf(error: unknown, { called, args, surroundings }: ParsedSoFar): ExitCode {
  const options = {
    ...called.optsWithGlobals<GlobalOptions>(),
    ...(args.includes('--json') ? { json: true as const } : {}),
  };
  const context = { command: called.name(), options, surroundings };
  if (!(error instanceof CommanderError)) return reportError(context, error);
  if (error.exitCode === 0) return EXIT_CODES.done;
  if (error.code === 'commander.help' && options.json !== true) return EXIT_CODES.config;
  const names = called.parent === null ? [PROGRAM_NAME] : [PROGRAM_NAME, called.name()];
  return reportError(context, usageError(error, names.join(' ')));
}
