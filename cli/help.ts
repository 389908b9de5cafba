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

/** Columns of what is not wrapped, as command lines are not. */
const WIDTH = 100;
/** Columns where commander knows none, as it takes them for its own part. */
const UNKNOWN_WIDTH = 80;

/** Ends a command's help with notes, examples, environment and exit codes. */
export function addHelpTexts(command: Command, { notes, examples }: HelpTexts): Command {
  return command.addHelpText('after', () => {
    const parts = [exampleLines(examples), ENVIRONMENT_HELP, EXIT_CODES_HELP];
    if (notes !== undefined) parts.unshift(wrapped(notes, command));
    return `\n${parts.join('\n\n')}`;
  });
}

/** Each meaning beside its line, or above it where that would be too wide. */
function exampleLines(examples: HelpTexts['examples']): string {
  const longest = Math.max(...examples.map(([line]) => line.length));
  const beside = examples.map(([line, meaning]) => `  $ ${line.padEnd(longest)}  # ${meaning}`);
  const isWide = beside.some((line) => line.length > WIDTH);
  const lines = isWide ? examples.map(([line, meaning]) => `  # ${meaning}\n  $ ${line}`) : beside;
  return ['Examples:', ...lines].join('\n');
}

/** As one paragraph, as wide as commander makes the rest of the help. */
function wrapped(notes: string, command: Command): string {
  const width = command.configureOutput().getOutHelpWidth?.() ?? UNKNOWN_WIDTH;
  return command.createHelp().boxWrap(notes.replaceAll('\n', ' '), width);
}
