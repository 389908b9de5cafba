import { EXIT_CODES } from './exit-codes';
import { runProgram } from './program';
import { PROCESS_SURROUNDINGS } from './surroundings';

async function main(): Promise<void> {
  // Who reads the result may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_CODES.done);
    throw error;
  });
  const code = await runProgram(process.argv.slice(2), PROCESS_SURROUNDINGS);
  process.exitCode = code;
  // The work that was interrupted is still under way.
  if (code === EXIT_CODES.interrupted) process.exit();
}

void main();
