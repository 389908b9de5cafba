import { type Command, InvalidArgumentError } from 'commander';
import { ConfigError } from '../../core/errors';
import { startSimulator } from '../../simulators/open-meteo/simulator';
import type { Invocation, RunCommand } from '../command-runner';
import { addHelpTexts } from '../help';

const LARGEST_PORT = 65_535;

interface SimulateOptions {
  readonly port: number;
  readonly quotas: boolean;
  readonly seed?: number;
}

export function addSimulateCommand(program: Command, run: RunCommand): void {
  const command = program
    .command('simulate')
    .summary('serve made-up weather with the contract of Open-Meteo')
    .description('Serves a simulator of Open-Meteo on this machine until it is stopped (Ctrl-C).')
    .option('--port <n>', 'port to listen on; 0 takes any free one', portOf, 0)
    .option('--no-quotas', 'let everybody ask as much and as often as they like')
    .option('--seed <n>', 'another seed is another climate', wholeNumber)
    .action((options: SimulateOptions) =>
      run({ command, work: (invocation) => simulate(invocation, options), untilStopped: true }),
    );
  addHelpTexts(command, {
    notes: `The first line printed is the address to give to --source-url. It keeps the limits of the free plan, marks its
answers as simulated, and so does everything that is published from them.`,
    examples: [
      ['ingest-weather simulate --port 8080', 'in one terminal'],
      ['ingest-weather ingest --source-url http://127.0.0.1:8080', 'in another'],
    ],
  });
}

/** Serves until the command is told to stop, which is how it ends well. */
async function simulate(
  { options, surroundings, signal }: Invocation,
  { port, quotas, seed }: SimulateOptions,
): Promise<undefined> {
  const simulator = await startSimulator({
    port,
    ...(quotas ? {} : ({ limits: false, concurrency: false } as const)),
    ...(seed === undefined ? {} : { seed }),
  }).catch((cause: Error) => {
    const problem = { path: '--port', message: `${cause.message}; choose another, or 0 for any free one` };
    throw new ConfigError('The simulator cannot listen:', [problem], { cause });
  });
  const { url } = simulator;
  surroundings.stdout.write(
    options.json ? `${JSON.stringify({ command: 'simulate', url, port: simulator.port })}\n` : `${url}\n`,
  );
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  await simulator.close();
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

function portOf(text: string): number {
  const port = wholeNumber(text);
  if (port > LARGEST_PORT) throw new InvalidArgumentError(`The largest port is ${LARGEST_PORT}.`);
  return port;
}
