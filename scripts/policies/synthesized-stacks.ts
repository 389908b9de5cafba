import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MOST_ENVIRONMENTS } from '../../core/environment/bootstrap-schema';
import type { Environment } from '../../core/environment/environment';
import { parseEnvironment } from '../../core/environment/parse-environment';
import { BOOTSTRAP_KINDS, ENVIRONMENT_KINDS, KEYED_PIPELINE, PIPELINE } from './environment-kinds';

const ENVIRONMENTS = 'resources/environments';
const BOOTSTRAP = 'resources/bootstrap.json';

export type Config = Readonly<Record<string, unknown>>;

/** A stack as Terraform reads it: `resource[type][name]`. */
export interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly [block: string]: unknown;
}

/** Stacks by name. */
export type Stacks = ReadonlyMap<string, StackJson>;

export interface SynthesizedStacks {
  readonly stacks: Stacks;
  /** Environments by name, each with its stacks among the others. */
  readonly environments: ReadonlyMap<string, Environment>;
}

/** Synthesizes all stacks of the repository's environments and of one of every kind into a folder, from the sources as they are now. */
export function synthesizeStacks(outdir: string): SynthesizedStacks {
  const folder = join(outdir, 'environments');
  const environments = writeEnvironments(folder);
  const env = {
    ...process.env,
    CDKTF_OUTDIR: outdir,
    INGEST_WEATHER_ENVIRONMENTS: folder,
    INGEST_WEATHER_BOOTSTRAP: writeBootstrap(outdir),
  };
  execFileSync(process.execPath, ['scripts/synth.mjs'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  return { stacks: readStacks(join(outdir, 'stacks')), environments };
}

function readStacks(folder: string): Stacks {
  const names = readdirSync(folder).sort();
  return new Map(
    names.map((name) => [name, JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8'))]),
  );
}

/** The repository's own win over a kind of the same name. */
function writeEnvironments(folder: string): ReadonlyMap<string, Environment> {
  mkdirSync(join(folder, 'pipelines'), { recursive: true });
  writeFileSync(join(folder, 'pipelines/free.json'), JSON.stringify(PIPELINE));
  writeFileSync(join(folder, 'pipelines/keyed.json'), JSON.stringify(KEYED_PIPELINE));
  const all = Object.entries({ ...ENVIRONMENT_KINDS, ...ownEnvironments() });
  for (const [name, json] of all) writeFileSync(join(folder, `${name}.json`), JSON.stringify(json));
  return new Map(all.map(([environment, json]) => [environment, parseEnvironment({ json, environment })]));
}

function ownEnvironments(): Readonly<Record<string, object>> {
  const files = readdirSync(ENVIRONMENTS).filter((name) => /^[a-z0-9]+\.json$/.test(name));
  return Object.fromEntries(
    files.map((file) => {
      const environment = JSON.parse(readFileSync(join(ENVIRONMENTS, file), 'utf8'));
      const pipeline = resolve(ENVIRONMENTS, environment.pipeline);
      return [file.replace(/\.json$/, ''), { ...environment, pipeline }];
    }),
  );
}

/** The repository's own, with an environment of every kind. @returns its path */
function writeBootstrap(folder: string): string {
  const own = JSON.parse(readFileSync(BOOTSTRAP, 'utf8'));
  const all = Object.entries({ ...own.environments, ...BOOTSTRAP_KINDS }).slice(-MOST_ENVIRONMENTS);
  const file = join(folder, 'bootstrap.json');
  writeFileSync(file, JSON.stringify({ ...own, environments: Object.fromEntries(all) }));
  return file;
}
