import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Testing } from 'cdktf';
import type { Deployment } from '../../stacks/deployment';
import { FRESHNESS, INGEST } from '../../stacks/ingest/function-environments';
import { FETCH, PLAN, PUBLISH, TRANSFORM } from '../../stacks/ingest/run-environments';
import { WeatherBootstrapStack } from '../../stacks/weather-bootstrap-stack';
import { WeatherIngestStack } from '../../stacks/weather-ingest-stack';
import { WeatherLakeStack } from '../../stacks/weather-lake-stack';
import { bootstrapOf } from '../environment/bootstrap-of';
import { environmentOf, type Json } from '../environment/environment-of';
import { pipelineOf } from '../weather/pipeline-of';

export type Block = Readonly<Record<string, unknown>>;

/** What a stack becomes. */
export interface Terraform {
  readonly text: string;
  /** `resource[type][name]` */
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly terraform: Readonly<Record<string, unknown>>;
  readonly output: Readonly<Record<string, Block>>;
  readonly provider: Readonly<Record<string, readonly Block[]>>;
}

export interface DeploymentParts {
  /** Parts of the environment file. */
  readonly environment?: Json;
  /** Name of the environment file. Default: test. */
  readonly name?: string;
  readonly pipeline?: Deployment['pipeline'];
  readonly json?: Json;
}

export interface SynthesizedDeployment {
  readonly lake: Terraform;
  readonly ingest: Terraform;
}

const BUNDLES = [INGEST, FRESHNESS, PLAN, FETCH, TRANSFORM, PUBLISH];

/** Both stacks of an environment as they are written to disk. */
export function synthesizeDeployment(parts: DeploymentParts = {}): SynthesizedDeployment {
  const { environment = {}, name = 'test', pipeline = pipelineOf(), json = fileOf(pipeline) } = parts;
  const deployment = { environment: environmentOf(environment, name), pipeline, json };
  const written = synthesizeApp((app, folder) => {
    for (const bundle of BUNDLES) writeFileSync(join(folder, `${bundle}.zip`), bundle);
    const lake = new WeatherLakeStack(app, deployment);
    new WeatherIngestStack(app, { ...deployment, lake, bundles: folder });
  });
  return { lake: written(`weather-lake-${name}`), ingest: written(`weather-ingest-${name}`) };
}

/** As much of a pipeline's file as tells one from another. */
function fileOf({ name, locations }: Deployment['pipeline']): Json {
  return { name, locations };
}

export function synthesizeBootstrap(parts: Json = {}): Terraform {
  const settings = bootstrapOf(parts);
  return synthesizeApp((app) => void new WeatherBootstrapStack(app, settings))('weather-bootstrap');
}

function synthesizeApp(build: (app: App, folder: string) => void): (stack: string) => Terraform {
  const folder = mkdtempSync(join(tmpdir(), 'stacks-'));
  try {
    const app = Testing.stubVersion(new App({ outdir: join(folder, 'out'), stackTraces: false }));
    build(app, folder);
    app.synth();
    const stacks = new Map(app.node.children.map(({ node: { id } }) => [id, readStack(folder, id)]));
    return (stack) => stacks.get(stack)!;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readStack(folder: string, stack: string): Terraform {
  const text = readFileSync(join(folder, 'out', 'stacks', stack, 'cdk.tf.json'), 'utf8');
  return { text, ...JSON.parse(text) };
}

/** Addresses of all resources: what a rename of a construct would replace. */
export function addressesOf({ resource }: Terraform): string[] {
  return Object.entries(resource)
    .flatMap(([type, byName]) => Object.keys(byName).map((name) => `${type}.${name}`))
    .sort();
}

/** Resources of a type, in order of their names. */
export function resourcesOf({ resource }: Terraform, type: string): Block[] {
  return Object.values(resource[type] ?? {});
}

/** The resource whose construct lies at a path, `Raw/Bucket`. */
export function resourceAt(stack: Terraform, path: string): Block {
  const [found] = Object.values(stack.resource)
    .flatMap((byName) => Object.values(byName))
    .filter((block) => pathOf(block).endsWith(`/${path}`));
  if (found === undefined) throw new Error(`Nothing lies at ${path}.`);
  return found;
}

function pathOf(block: Block): string {
  return (block['//'] as { metadata: { path: string } }).metadata.path;
}
