import { join } from 'node:path';
import { PROJECT, runCommand } from '../account/run-command';

export interface Synthesis {
  /** Gets `cdktf.out`, and the states of local backends. */
  readonly root: string;
  /** Default: the shipped environments. */
  readonly environments?: string;
}

/** As `npm run synth` does it, functions built anew. @returns the folder of the stacks */
export async function synthesizeStacks({ root, environments }: Synthesis): Promise<string> {
  const { INGEST_WEATHER_ENVIRONMENTS: _, ...own } = process.env;
  const outdir = join(root, 'cdktf.out');
  const env = {
    ...own,
    CDKTF_OUTDIR: outdir,
    ...(environments === undefined ? {} : { INGEST_WEATHER_ENVIRONMENTS: environments }),
  };
  await runCommand({ program: 'npm', args: ['run', '--silent', 'synth'], cwd: PROJECT, env });
  return join(outdir, 'stacks');
}
