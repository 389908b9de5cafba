import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { FilesystemObjectStore } from '../../../adapters/filesystem/filesystem-object-store';
import { createS3Client } from '../../../adapters/s3/s3-client';
import type { Day } from '../../../core/time/day';
import { type Simulator, startSimulator } from '../../../simulators/open-meteo/simulator';
import { BuiltCommand, type Document, documentOf } from '../../integration/cli/built-command';
import { visibleObjects } from '../../lake/test-lake';
import { ACCOUNT_KEYS, SimulatedAccount } from '../account/simulated-account';
import { DeployedEnvironment, PLACEHOLDER } from '../deployment/deployed-environment';
import { REGION } from '../deployment/deployment';
import { synthesizeStacks } from '../deployment/synthesize-stacks';
import { LIMITS, MANY_LOCATIONS, WINDOWS_MS, writeOrchestratedFiles } from './orchestrated-files';

const PATIENCE_MS = 600_000;
const PAUSE_MS = 500;
const TARGET = 'AWSStepFunctions';

export interface EndedExecution {
  readonly name: string;
  readonly status: string;
  /** What it returned, if it succeeded. */
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
}

/** The shipped stacks of `dev` in orchestrated mode, applied, on a source whose quota counts. */
export class OrchestratedDeployment {
  /** Where everything was written. */
  readonly root = mkdtempSync(join(tmpdir(), 'orchestrated-'));
  account!: SimulatedAccount;
  client!: S3Client;
  dev!: DeployedEnvironment;
  source!: Simulator;
  private files!: ReturnType<typeof writeOrchestratedFiles>;
  private built!: BuiltCommand;

  async start(): Promise<void> {
    this.account = await SimulatedAccount.start();
    const address = { endpoint: this.account.endpoint, region: REGION };
    this.client = createS3Client({}, { ...address, credentials: ACCOUNT_KEYS });
    this.source = await startSimulator({ limits: LIMITS, windows: WINDOWS_MS });
    this.built = await BuiltCommand.build();
    await this.synthesize(MANY_LOCATIONS);
    this.dev = new DeployedEnvironment({ root: this.root, address, client: this.client, name: 'dev' });
  }

  /** Writes the Terraform of a pipeline with so many locations, to be applied. */
  async synthesize(locations: number): Promise<void> {
    this.files = writeOrchestratedFiles({ folder: this.root, sourceUrl: this.source.url, locations });
    await synthesizeStacks({ root: this.root, environments: this.files.environments });
  }

  async apply(): Promise<void> {
    for (const stack of [this.dev.lake, this.dev.ingest]) {
      await stack.init();
      await stack.apply();
    }
  }

  async destroy(): Promise<void> {
    for (const stack of [this.dev.ingest, this.dev.lake]) await stack.destroy();
  }

  async stop(): Promise<void> {
    this.client?.destroy();
    await Promise.all([this.source?.close(), this.built?.remove()]);
    await this.account?.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  /** Of the state machine, as Terraform knows it. */
  get machineArn(): string {
    return String(this.dev.resources('aws_sfn_state_machine')[0]!.arn);
  }

  /** Does what the schedule does at a time: its own input, the time filled in, to its own target. */
  async fire(time: string): Promise<EndedExecution> {
    const { input, target } = await this.dev.schedule('ingest');
    return this.run(input.replace(PLACEHOLDER, time), target);
  }

  /** The command on this environment. @returns what it prints */
  async command(...args: readonly string[]): Promise<Document> {
    const env = {
      AWS_ENDPOINT_URL: this.account.endpoint,
      AWS_ACCESS_KEY_ID: ACCOUNT_KEYS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: ACCOUNT_KEYS.secretAccessKey,
      INGEST_WEATHER_ENVIRONMENTS: this.files.environments,
    };
    const options = ['--aws', '--environment', 'dev', '--json'];
    return documentOf(await this.built.call([...args, ...options], { env }));
  }

  /** Fetches a day by the command on this machine, from a source of the same weather. @returns what readers meet */
  async localRun(date: Day): Promise<Map<string, Buffer>> {
    const source = await startSimulator({ limits: false });
    const lake = join(this.built.folder, date);
    const options = ['--pipeline', this.files.unpaced, '--lake', lake, '--source-url', source.url];
    try {
      await this.built.call(['ingest', '--from', date, '--to', date, ...options, '--json']);
    } finally {
      await source.close();
    }
    return visibleObjects(new FilesystemObjectStore(join(lake, 'processed')));
  }

  /** What readers meet of a day in the account. */
  published(date: Day): Promise<Map<string, Buffer>> {
    return visibleObjects(this.dev.store('processed'), (key) => key.includes(`date=${date}/`));
  }

  /** @param input text, as a schedule sends it. @returns the execution when it is over */
  async run(input: string, machine = this.machineArn): Promise<EndedExecution> {
    return this.ended(await this.begin(input, machine));
  }

  /** @returns the ARN of an execution that has begun */
  async begin(input: string, machine = this.machineArn): Promise<string> {
    const started = await this.states<{ executionArn: string }>('StartExecution', {
      stateMachineArn: machine,
      input,
    });
    return started.executionArn;
  }

  /** Of the state machine, as it stands in the account. */
  async definition(): Promise<string> {
    const machine = { stateMachineArn: this.machineArn };
    return (await this.states<{ definition: string }>('DescribeStateMachine', machine)).definition;
  }

  /** Of the executions that begin from now on. */
  async setDefinition(definition: string): Promise<void> {
    await this.states('UpdateStateMachine', { stateMachineArn: this.machineArn, definition });
  }

  executionArn(name: string): string {
    return `${this.machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  /** Waits for an execution, by its ARN or its name. @throws Error when it does not end */
  async ended(execution: string): Promise<EndedExecution> {
    const executionArn = execution.startsWith('arn:') ? execution : this.executionArn(execution);
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      const found = await this.states<EndedExecution & { output?: string }>('DescribeExecution', {
        executionArn,
      });
      if (found.status !== 'RUNNING') return { ...found, output: JSON.parse(found.output ?? 'null') };
      await pause(PAUSE_MS);
    }
    throw new Error(`The execution ${execution} did not end in ${PATIENCE_MS / 1000} s.`);
  }

  private states<T>(action: string, input: unknown): Promise<T> {
    return this.dev.call<T>('states', `${TARGET}.${action}`, input);
  }
}
