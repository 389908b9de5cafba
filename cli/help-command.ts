import type { Command } from 'commander';
import { nearNames } from '../core/near-names';

export const HELP_COMMAND = 'help';

/** In place of commander's own, which takes an unknown name for no name. */
export function addHelpCommand(program: Command): Command {
  program
    .helpCommand(false)
    .command(HELP_COMMAND)
    .argument('[command]')
    .description('explain a command')
    .action((name?: string) => {
      const found = name === undefined ? program : program.commands.find((each) => each.name() === name);
      if (found === undefined) program.error(unknown(program, name!), { code: 'commander.unknownCommand' });
      found.help();
    });
  return program;
}

function unknown({ commands }: Command, name: string): string {
  const [near] = nearNames(
    name,
    commands.map((each) => each.name()),
  );
  return `unknown command '${name}'${near === undefined ? '' : `\n(Did you mean ${near}?)`}`;
}
