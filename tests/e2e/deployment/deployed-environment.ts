import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { S3ObjectStore } from '../../../adapters/s3/s3-object-store';
import { type AccountAddress, callAccount, callTarget } from '../account/account-api';
import { type FunctionAnswer, invokeFunction, invokeLater } from '../account/functions';
import type { Statement } from '../account/is-allowed';
import { jsonLines, logLines } from '../account/logs';
import { Terraform } from '../account/terraform';
import { type Attributes, stateResources } from './terraform-state';

/** What EventBridge Scheduler puts the schedule's time in place of. */
export const PLACEHOLDER = '<aws.scheduler.scheduled-time>';
export const FUNCTIONS = { ingest: 'ingest-weather-daily', freshness: 'watch-freshness' } as const;
export type FunctionKind = keyof typeof FUNCTIONS;

export interface DeployedEnvironmentParts {
  /** Name of its file: `dev`. */
  readonly name: string;
  /** Where the suite synthesized. */
  readonly root: string;
  readonly address: AccountAddress;
  readonly client: S3Client;
}

/** Both stacks of an environment, and what the account has of them. */
export class DeployedEnvironment {
  readonly lake: Terraform;
  readonly ingest: Terraform;

  constructor(private readonly parts: DeployedEnvironmentParts) {
    const folderOf = (stack: string) => join(parts.root, 'cdktf.out/stacks', this.stackName(stack));
    this.lake = new Terraform(folderOf('lake'), parts.address.endpoint);
    this.ingest = new Terraform(folderOf('ingest'), parts.address.endpoint);
  }

  get address(): AccountAddress {
    return this.parts.address;
  }

  get prefix(): string {
    return `weather-${this.parts.name}`;
  }

  /** What Terraform keeps of a type in both stacks. */
  resources(type: string): Attributes[] {
    return ['lake', 'ingest'].flatMap((stack) =>
      stateResources(join(this.parts.root, `terraform.${this.stackName(stack)}.tfstate`), type),
    );
  }

  bucket(purpose: 'raw' | 'processed'): string {
    const names = this.resources('aws_s3_bucket').map(({ bucket }) => String(bucket));
    return names.find((name) => name.startsWith(`${this.prefix}-${purpose}-`))!;
  }

  store(purpose: 'raw' | 'processed'): S3ObjectStore {
    return new S3ObjectStore({ client: this.parts.client, bucket: this.bucket(purpose) });
  }

  /** The schedule of a function, as it stands in the account. */
  async schedule(kind: FunctionKind): Promise<{ readonly input: string; readonly target: string }> {
    const path = `/schedules/${this.prefix}-${kind}-schedule?groupName=${this.prefix}`;
    const response = await callAccount(this.parts.address, { service: 'scheduler', method: 'GET', path });
    const { Target } = (await response.json()) as { Target: { Arn: string; Input: string } };
    return { input: Target.Input, target: Target.Arn };
  }

  /** Does what the schedule does at a time: its own input, the time filled in, to its own target. */
  async fire(kind: FunctionKind, time: string): Promise<FunctionAnswer> {
    const { input, target } = await this.schedule(kind);
    return invokeFunction(this.parts.address, target, input.replace(PLACEHOLDER, time));
  }

  invoke(event: unknown): Promise<FunctionAnswer> {
    return invokeFunction(this.parts.address, this.functionName('ingest'), event);
  }

  invokeLater(event: unknown): Promise<void> {
    return invokeLater(this.parts.address, this.functionName('ingest'), event);
  }

  functionName(kind: FunctionKind): string {
    return `${this.prefix}-${FUNCTIONS[kind]}`;
  }

  lines(kind: FunctionKind): Promise<string[]> {
    return logLines(this.parts.address, `/aws/lambda/${this.functionName(kind)}`);
  }

  /** The logger's lines of one invocation, by the run or the request that they name. */
  async logs(kind: FunctionKind, id: string): Promise<Record<string, unknown>[]> {
    const lines = jsonLines(await this.lines(kind)).filter((line) => !('_aws' in line));
    return lines.filter(({ run_id, function_request_id }) => run_id === id || function_request_id === id);
  }

  /** Lines of metrics, the newest last. */
  async metrics(kind: FunctionKind): Promise<Record<string, unknown>[]> {
    return jsonLines(await this.lines(kind)).filter((line) => '_aws' in line);
  }

  /** Statements of a function's role, references filled in. */
  policiesOf(kind: FunctionKind): Statement[] {
    return this.statements().get(this.functionName(kind)) ?? [];
  }

  /** Of every role, by its name. */
  statements(): Map<string, Statement[]> {
    const byRole = new Map<string, Statement[]>();
    for (const { role, policy } of this.resources('aws_iam_role_policy')) {
      const { Statement: statements } = JSON.parse(String(policy));
      byRole.set(String(role), [...(byRole.get(String(role)) ?? []), ...statements]);
    }
    return byRole;
  }

  call<T>(service: string, target: string, input: unknown): Promise<T> {
    return callTarget<T>(this.parts.address, service, target, input);
  }

  private stackName(stack: string): string {
    return `weather-${stack}-${this.parts.name}`;
  }
}
