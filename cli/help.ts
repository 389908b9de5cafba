import type { Command } from 'commander';
import { API_KEY_VARIABLE } from './composition';
import { EXIT_CODES_HELP } from './exit-codes';

export interface HelpTexts {
  /** What a reader should know before using the command. */
  readonly notes?: string;
  /** A command line, and what it does. */
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

export const ENVIRONMENT_HELP = `Environment:
  ${API_KEY_VARIABLE}  key for pipelines with "plan": "keyed"; sent in a header, shown nowhere
  NO_COLOR            no colours
  FORCE_COLOR         colours where the output is no terminal too; 0 for none`;

/** Ends a command's help with notes, examples, environment and exit codes. */
export function addHelpTexts(command: Command, { notes, examples }: HelpTexts): Command {
  const width = Math.max(...examples.map(([line]) => line.length));
  const lines = examples.map(([line, meaning]) => `  $ ${line.padEnd(width)}  # ${meaning}`);
  const parts = [notes, ['Examples:', ...lines].join('\n'), ENVIRONMENT_HELP, EXIT_CODES_HELP];
  return command.addHelpText('after', `\n${parts.filter((part) => part !== undefined).join('\n\n')}`);
}
