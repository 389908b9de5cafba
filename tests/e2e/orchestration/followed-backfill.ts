import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SFNClient } from '@aws-sdk/client-sfn';
import { StepFunctionsExecutions } from '../../../adapters/step-functions/step-functions-executions';
import type { DaySpan } from '../../../core/planning/asked-days';
import type { MapProgress } from '../../../core/ports/executions';
import { BuiltCommand, type Ended } from '../../integration/cli/built-command';
import { ACCOUNT_KEYS } from '../account/simulated-account';
import { REGION } from '../deployment/deployment';
import type { OrchestratedDeployment } from './orchestrated-deployment';
import { LOCATIONS_PER_REQUEST } from './orchestrated-files';

/** A day has room for one request, so that by the command's reckoning each run of days is an execution of its own. */
const REQUEST_WEIGHT = 1.5 * LOCATIONS_PER_REQUEST;
const SMALL_QUOTA = {
  limits: { minute: REQUEST_WEIGHT, hour: REQUEST_WEIGHT, day: REQUEST_WEIGHT },
  max_weight_per_request: REQUEST_WEIGHT,
};
const SAMPLE_MS = 100;

export interface RunningBackfill {
  readonly ended: Promise<Ended>;
  /** Waits until it has told of its first execution. @returns its name */
  readonly following: Promise<string>;
  readonly interrupt: () => void;
}

/** The command on a deployed environment; what was deployed has the wide quota of the suite. */
export class FollowedBackfill {
  private constructor(
    private readonly built: BuiltCommand,
    private readonly client: SFNClient,
    private readonly env: Readonly<Record<string, string>>,
    readonly executions: StepFunctionsExecutions,
  ) {}

  static async prepare({ root, account, machineArn }: OrchestratedDeployment): Promise<FollowedBackfill> {
    const { endpoint } = account;
    const client = new SFNClient({ endpoint, region: REGION, credentials: ACCOUNT_KEYS });
    const env = {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: ACCOUNT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ACCOUNT_KEYS.secretAccessKey,
      INGEST_WEATHER_ENVIRONMENTS: copyWithSmallQuota(root),
    };
    const executions = new StepFunctionsExecutions(client, machineArn);
    return new FollowedBackfill(await BuiltCommand.build(), client, env, executions);
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.built.remove();
  }

  start({ from, to }: DaySpan): RunningBackfill {
    const args = ['backfill', '--aws', '--environment', 'dev', '--from', from, '--to', to, '--json'];
    const { child, ended } = this.built.start(args, { env: this.env });
    const following = new Promise<string>((resolve, reject) => {
      let told = '';
      child.stderr.on('data', (chunk) => {
        told += chunk;
        const [, name] = /"execution":"([^"]+)"/.exec(told) ?? [];
        if (name !== undefined) resolve(name);
      });
      child.on('close', () => reject(new Error(`It ended before it followed anything:\n${told}`)));
    });
    following.catch(() => undefined);
    return { ended, following, interrupt: () => child.kill('SIGINT') };
  }

  run(span: DaySpan): Promise<Ended> {
    return this.start(span).ended;
  }

  /** What is told of the maps of an execution, again and again until it is over. */
  async watch(name: string): Promise<(readonly MapProgress[])[]> {
    const seen: (readonly MapProgress[])[] = [];
    for (;;) {
      const isOver = (await this.executions.find(name))?.state !== 'running';
      seen.push(await this.executions.maps(name));
      if (isOver) return seen;
      await pause(SAMPLE_MS);
    }
  }
}

/** @returns the folder of the environment's file */
function copyWithSmallQuota(root: string): string {
  const folder = join(root, 'small-quota');
  for (const part of ['environments', 'pipelines'])
    cpSync(join(root, part), join(folder, part), { recursive: true });
  const path = join(folder, 'pipelines/many.json');
  const pipeline = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...pipeline, source: { ...pipeline.source, ...SMALL_QUOTA } }));
  return join(folder, 'environments');
}
