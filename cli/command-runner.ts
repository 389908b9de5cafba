import type { Command } from 'commander';
import { IngestError } from '../core/errors';
import { EXIT_CODES, type ExitCode, exitCodeOf } from './exit-codes';
import { errorDocument, errorText, type Failure, failuresText } from './failures';
import type { GlobalOptions } from './global-options';
import { InterruptedError, Interruption } from './interruption';
import { createLogger } from './logger';
import type { Surroundings } from './surroundings';

/** One call of a command. */
export interface Invocation {
  /** Name of the command. */
  readonly command: string;
  readonly options: GlobalOptions;
  readonly surroundings: Surroundings;
  /** The clock, read once: what `today` is. Milliseconds since the epoch. */
  readonly now: number;
  readonly signal: AbortSignal;
  /** Takes what is to be done and said when the command is told to stop. */
  readonly onStop: (describe: () => string) => void;
}

export interface CommandResult {
  /** For machines: snake_case keys. */
  readonly document: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly text: () => string;
  /** What went wrong while the rest was done. */
  readonly failures?: readonly Failure[];
  /** How the command ends when nothing failed. Default: 0. */
  readonly exitCode?: ExitCode;
}

/** A command's work. One that prints by itself returns nothing. */
export type Work = (invocation: Invocation) => Promise<CommandResult | undefined>;

export interface WorkToRun {
  readonly command: Command;
  readonly work: Work;
  /** Being told to stop is how the work ends well. */
  readonly untilStopped?: boolean;
}
export type RunCommand = (run: WorkToRun) => Promise<void>;

/** Does a command's work, prints how it ended and returns the exit code. */
export async function runWork(
  { command, work, untilStopped = false }: WorkToRun,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const interruption = new Interruption();
  const options = command.optsWithGlobals<GlobalOptions>();
  const context = { command: command.name(), options, surroundings };
  const invocation: Invocation = {
    ...context,
    now: surroundings.clock.now(),
    signal: interruption.signal,
    onStop: (describe) => interruption.onStop(describe),
  };
  try {
    const start = () => work(invocation);
    const result = await (untilStopped ? interruption.listen(start) : interruption.guard(start));
    return result === undefined ? EXIT_CODES.done : report(context, result);
  } catch (error) {
    return reportError(context, error);
  }
}

type Context = Pick<Invocation, 'command' | 'options' | 'surroundings'>;

function report({ command, options, surroundings }: Context, result: CommandResult): ExitCode {
  const { document, text, failures = [] } = result;
  const failed = exitCodeOf(failures.map(({ error }) => error));
  const code = failed === EXIT_CODES.done ? (result.exitCode ?? failed) : failed;
  if (options.json) {
    const listed = failures.map(({ what, error }) => ({ what, error: errorDocument(error) }));
    print(surroundings, {
      command,
      exit_code: code,
      ...document,
      ...(result.failures === undefined ? {} : { failures: listed }),
    });
    return code;
  }
  surroundings.stdout.write(ended(text()));
  if (failures.length > 0) {
    surroundings.stderr.write(ended(failuresText(failures, options.verbose === true)));
  }
  return code;
}

/** Tells an error that ended the command. */
export function reportError({ command, options, surroundings }: Context, error: unknown): ExitCode {
  const code = codeOf(error);
  if (options.json) {
    print(surroundings, { command, exit_code: code, error: errorDocument(error) });
    const { name, message } = errorDocument(error);
    const stack = code === EXIT_CODES.unexpected ? { stack: (error as Error).stack } : {};
    const logger = createLogger(options, surroundings, { command });
    logger.error('The command failed', { error: name, reason: message, exit_code: code, ...stack });
    return code;
  }
  const text = error instanceof InterruptedError ? error.message : errorText(error, options.verbose === true);
  surroundings.stderr.write(ended(text));
  return code;
}

function codeOf(error: unknown): ExitCode {
  if (error instanceof InterruptedError) return EXIT_CODES.interrupted;
  return error instanceof IngestError ? exitCodeOf([error]) : EXIT_CODES.unexpected;
}

function print({ stdout }: Surroundings, document: Readonly<Record<string, unknown>>): void {
  stdout.write(`${JSON.stringify(document)}\n`);
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
