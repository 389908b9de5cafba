import type { CommanderError } from 'commander';
import { ConfigError } from '../core/errors';

/** The first word that commander quotes: what the mistake is about. */
const SUBJECT = /'(-{0,2}[\w-]+)/;

/** A command line that cannot be parsed. @param called the program and its command, as far as that was understood */
export function usageError({ code, message }: CommanderError, called: string): ConfigError {
  const mistake = code === 'commander.help' ? 'a command is missing' : inOneLine(message);
  const path = SUBJECT.exec(mistake)?.[1] ?? '';
  return new ConfigError('The command line has mistakes:', [
    { path, message: `${mistake}${mistake.endsWith('?') ? '' : ';'} ${called} --help explains everything` },
  ]);
}

function inOneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replace(/\n\(Did you mean (.*)\?\)$/, '; did you mean $1?')
    .replace(/\.$/, '');
}
