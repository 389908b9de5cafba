import { type DestinationStream, type LoggerOptions, pino } from 'pino';
import { prettyFactory } from 'pino-pretty';
import type { LogFields, Logger } from '../core/ports/logger';
import type { GlobalOptions } from './global-options';
import type { Surroundings } from './surroundings';

type LogOptions = Pick<GlobalOptions, 'json' | 'verbose' | 'quiet'>;

/**
 * JSON lines for machines, short lines for people; on standard error, so that standard output holds the result alone.
 *
 * @param bound keys of every JSON line; people know what they started
 */
export function createLogger(options: LogOptions, surroundings: Surroundings, bound: LogFields): Logger {
  const settings: LoggerOptions = { level: levelOf(options), messageKey: 'message', base: null };
  if (options.json) {
    return loggerOver(pino({ ...settings, ...jsonFormat(surroundings) }, surroundings.stderr), bound);
  }
  const logger = loggerOver(pino(settings, prettyLines(surroundings.stderr)), {});
  // The errors that the core logs are part of its report too, which the command prints with their way out.
  return options.verbose ? logger : { ...logger, error() {} };
}

/** Powertools' standard keys, as the functions write them. */
function jsonFormat({ clock }: Surroundings): LoggerOptions {
  return {
    timestamp: () => `,"timestamp":"${new Date(clock.now()).toISOString()}"`,
    formatters: { level: (label) => ({ level: label.toUpperCase() }) },
  };
}

/** A progress bar may stand in the line; it is drawn again below. */
const CLEAR_LINE = '\r\u001b[K';

/** Synchronous, so that no line is lost at the end and none is late. */
function prettyLines(stderr: Surroundings['stderr']): DestinationStream {
  const format = prettyFactory({
    colorize: stderr.isTTY === true,
    messageKey: 'message',
    translateTime: 'SYS:HH:MM:ss',
    singleLine: true,
    errorLikeObjectKeys: [],
  });
  const lineStart = stderr.isTTY === true ? CLEAR_LINE : '';
  return { write: (line) => void stderr.write(`${lineStart}${format(line)}`) };
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
