import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, Testing } from 'cdktf';
import { DeploymentAccount } from '../../../modules/deployment-account/deployment-account';

export const REGION = 'eu-central-1';

/** An app makes its output folder, even when it writes nothing there. */
export const OUTPUT = join(tmpdir(), 'ingest-weather-synth');

type Block = Record<string, unknown>;

/** What a stack becomes: `resource[type][name]`. */
export interface SynthesizedStack {
  readonly resource: Record<string, Record<string, Block>>;
  readonly data: Record<string, Record<string, Block>>;
  readonly [section: string]: unknown;
}

/** The Terraform of a stack that holds only what `build` makes. */
export function synthesize(
  build: (stack: TerraformStack, account: DeploymentAccount) => void,
): SynthesizedStack {
  const stack = new TerraformStack(
    Testing.stubVersion(new App({ outdir: OUTPUT, stackTraces: false })),
    'test',
  );
  new AwsProvider(stack, 'Aws', { region: REGION });
  build(stack, new DeploymentAccount(stack, 'Account', { region: REGION }));
  return JSON.parse(Testing.synth(stack));
}

/** The one resource of a type; an error when there are more or none. */
export function only(stack: SynthesizedStack, type: string): Block {
  const found = Object.values(stack.resource[type] ?? {});
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0]!;
}

/** Addresses of all resources, in order: what a rename of a construct would replace. */
export function addresses(stack: SynthesizedStack): readonly string[] {
  return Object.entries(stack.resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: string | string[];
  readonly Resource?: string | string[];
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** Statements of a policy that lies in a block as literal JSON. */
export function statements(block: Block, attribute = 'policy'): readonly Statement[] {
  return JSON.parse(block[attribute] as string).Statement;
}

export function statement(block: Block, sid: string, attribute = 'policy'): Statement {
  const found = statements(block, attribute).find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
}
