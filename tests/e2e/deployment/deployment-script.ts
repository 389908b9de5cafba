import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeProviderOverride } from '../account/provider-override';
import { type Ending, PROJECT, runToEnd } from '../account/run-command';
import { terraformEnvironment } from '../account/terraform';
import type { Deployment } from './deployment';

/** `npm run diff`, `drift` and `deploy` of `dev`, beside the states of a folder. */
export class DeploymentScript {
  private constructor(private readonly root: string) {}

  /** @param root new folder without states: nothing is deployed yet */
  static async prepare(deployment: Deployment, root: string): Promise<DeploymentScript> {
    mkdirSync(root);
    await deployment.synthesize(root, false);
    for (const stack of ['lake', 'ingest'])
      writeProviderOverride(
        join(root, 'cdktf.out/stacks', `weather-${stack}-dev`),
        deployment.account.endpoint,
      );
    return new DeploymentScript(root);
  }

  /** @param more options of the script itself */
  run(verb: 'diff' | 'drift' | 'deploy', ...more: readonly string[]): Promise<Ending> {
    const env = {
      ...terraformEnvironment(),
      INGEST_WEATHER_ENVIRONMENTS: join(this.root, 'environments'),
      CDKTF_OUTDIR: join(this.root, 'cdktf.out'),
    };
    const args = ['run', '--silent', verb, '--', 'dev', ...more, '-no-color'];
    return runToEnd({ program: 'npm', args, cwd: PROJECT, env });
  }
}
