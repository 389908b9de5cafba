import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '../../../adapters/s3/s3-client';
import { type AccountAddress, callTarget } from '../account/account-api';
import { ACCOUNT_KEYS, SimulatedAccount } from '../account/simulated-account';
import { DeployedEnvironment } from './deployed-environment';
import { writeEnvironmentFiles } from './environment-files';
import { RecordedSource } from './recorded-source';
import { synthesizeStacks } from './synthesize-stacks';

export const REGION = 'eu-central-1';
/** A word that is in nothing but the secret. */
export const API_KEY = 'key-of-the-suite-4711';

/** The shipped stacks, applied: `dev` on the free plan; `prod` with its own key in KMS, on the keyed plan. */
export class Deployment {
  /** Where everything was written. */
  readonly root = mkdtempSync(join(tmpdir(), 'deployment-'));
  account!: SimulatedAccount;
  client!: S3Client;
  dev!: DeployedEnvironment;
  prod!: DeployedEnvironment;
  /** The source of `dev`. */
  free!: RecordedSource;
  /** The source of `prod`. */
  keyed!: RecordedSource;
  private secretArn = '';

  /** Everything but the apply. */
  async start(): Promise<void> {
    this.account = await SimulatedAccount.start();
    const address = { endpoint: this.account.endpoint, region: REGION };
    this.client = createS3Client({}, { ...address, credentials: ACCOUNT_KEYS });
    this.free = await RecordedSource.start();
    this.keyed = await RecordedSource.start({ keyed: { apiKey: API_KEY } });
    this.secretArn = await createSecret(address);
    await this.synthesize(this.root, false);
    const parts = { root: this.root, address, client: this.client };
    this.dev = new DeployedEnvironment({ ...parts, name: 'dev' });
    this.prod = new DeployedEnvironment({ ...parts, name: 'prod' });
  }

  get environments(): readonly DeployedEnvironment[] {
    return [this.dev, this.prod];
  }

  /** As it is deployed, but for the protection of `prod`. */
  async synthesize(root: string, protect: boolean): Promise<void> {
    const environments = writeEnvironmentFiles({
      folder: root,
      devSourceUrl: this.free.url,
      prodSourceUrl: this.keyed.url,
      secretArn: this.secretArn,
      protect,
    });
    await synthesizeStacks({ root, environments });
  }

  /** Environments beside each other, the lake of each before what fills it. */
  async apply(): Promise<void> {
    await this.each(async ({ lake, ingest }) => {
      for (const stack of [lake, ingest]) {
        await stack.init();
        await stack.apply();
      }
    });
  }

  async destroy(): Promise<void> {
    await this.each(async ({ lake, ingest }) => {
      for (const stack of [ingest, lake]) await stack.destroy();
    });
  }

  /** The key that `prod` sends from now on. */
  async setSecret(apiKey: string): Promise<void> {
    const { address } = this.prod;
    const secret = { SecretId: this.secretArn, SecretString: secretText(apiKey) };
    await callTarget(address, 'secretsmanager', 'secretsmanager.PutSecretValue', secret);
  }

  /** Text of everything synthesized and of every state. */
  filesWritten(): string[] {
    const entries = readdirSync(this.root, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(json|tfstate|backup)$/.test(entry.name))
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
  }

  async stop(): Promise<void> {
    this.client?.destroy();
    for (const source of [this.free, this.keyed]) await source?.close();
    await this.account?.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  private async each(act: (environment: DeployedEnvironment) => Promise<void>): Promise<void> {
    await Promise.all(this.environments.map(act));
  }
}

/** @returns its ARN */
async function createSecret(address: AccountAddress): Promise<string> {
  const secret = { Name: 'open-meteo', SecretString: secretText(API_KEY) };
  const made = await callTarget<{ ARN: string }>(
    address,
    'secretsmanager',
    'secretsmanager.CreateSecret',
    secret,
  );
  return made.ARN;
}

function secretText(apiKey: string): string {
  return JSON.stringify({ api_key: apiKey });
}
