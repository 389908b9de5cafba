import { EXIT_CODES } from './exit-codes';
import { runProgram } from './program';
import { PROCESS_SURROUNDINGS } from './surroundings';

/** Told to who chooses Node for a project of the SDK's, not to who runs a command; and standard error holds JSON lines, if asked. */
const NO_SDK_WARNING = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';

async function main(): Promise<void> {
  process.env[NO_SDK_WARNING] ??= 'true';
  // Who reads the result may stop early, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT_CODES.done);
    process.stderr.write(`The result cannot be written to standard output: ${error.message}\n`);
    process.exit(EXIT_CODES.storage);
  });
  const code = await runProgram(process.argv.slice(2), PROCESS_SURROUNDINGS);
  process.exitCode = code;
  // The work that was interrupted is still under way.
  if (code === EXIT_CODES.interrupted) process.exit();
}

void main();
