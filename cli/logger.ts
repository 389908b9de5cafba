import { type DestinationStream, type LoggerOptions, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { LogFields, Logger } from '../core/ports/logger';
import { hasColours } from './colours';
import type { GlobalOptions } from './global-options';
import type { Surroundings } from './surroundings';

type LogOptions = Pick<GlobalOptions, 'json' | 'verbose' | 'quiet'>;

/** Where log lines go: a terminal or the lines above its status line. */
export interface LogSurroundings extends Pick<Surroundings, 'clock' | 'env'> {
  readonly stderr: { write(line: string): void; readonly isTTY?: boolean };
}

/**
 * JSON lines for machines, short lines for people; on standard error, so that standard output holds the result alone.
 *
 * @param bound keys of every JSON line; people know what they started
 */
export function createLogger(options: LogOptions, surroundings: LogSurroundings, bound: LogFields): Logger {
  const settings: LoggerOptions = { level: levelOf(options), messageKey: 'message', base: null };
  if (options.json) {
    return loggerOver(pino({ ...settings, ...jsonFormat(surroundings) }, surroundings.stderr), bound);
  }
  const logger = loggerOver(pino(settings, prettyLines(surroundings)), {});
  // The errors that the core logs are part of its report too, which the command prints with their way out.
  return options.verbose ? logger : { ...logger, error() {} };
}

/** Powertools' standard keys, as the functions write them. */
function jsonFormat({ clock }: LogSurroundings): LoggerOptions {
  return {
    timestamp: () => `,"timestamp":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label) => ({ level: label.toUpperCase() }) },
  };
}

/** Synchronous, so that no line is lost at the end and none is late. */
function prettyLines({ stderr, env }: LogSurroundings): DestinationStream {
  const format = prettyFactory({
    colorize: hasColours(stderr, env),
    messageKey: 'message',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    errorLikeObjectKeys: [],
  });
  return { write: (line) => void stderr.write(format(line)) };
}

function levelOf({ json, verbose, quiet }: LogOptions): string {
  if (quiet) return 'error';
  if (json) return verbose ? 'debug' : 'info';
  return verbose ? 'info' : 'warn';
}

function loggerOver(log: pino.Logger, bound: LogFields): Logger {
  const at =
    (level: keyof Logger) =>
    (message: string, fields: LogFields = {}) =>
      log[level]({ ...bound, ...fields }, message);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}
