import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ENVIRONMENTS = 'resources/environments';
/** prod in the mode that none of the repository's environments is in: its stacks keep the same rules. */
const OTHER_MODE = 'orchestrated';

export type Config = Readonly<Record<string, unknown>>;

/** A stack as Terraform reads it: `resource[type][name]`. */
export interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly [block: string]: unknown;
}

/** All stacks of all environments by name. */
export type Stacks = ReadonlyMap<string, StackJson>;

/** Synthesizes all stacks of all environments, in both modes, into a folder, from the sources as they are now. */
export function synthesizeStacks(outdir: string): Stacks {
  const environments = writeEnvironments(join(outdir, 'environments'));
  const env = { ...process.env, CDKTF_OUTDIR: outdir, INGEST_WEATHER_ENVIRONMENTS: environments };
  execFileSync(process.execPath, ['scripts/synth.mjs'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const folder = join(outdir, 'stacks');
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8'))]),
  );
}

function writeEnvironments(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const files = readdirSync(ENVIRONMENTS).filter((name) => /^[a-z0-9]+\.json$/.test(name));
  const read = (file: string) => {
    const environment = JSON.parse(readFileSync(join(ENVIRONMENTS, file), 'utf8'));
    return { ...environment, pipeline: resolve(ENVIRONMENTS, environment.pipeline) };
  };
  const write = (file: string, environment: object) =>
    writeFileSync(join(folder, file), JSON.stringify(environment));
  for (const file of files) write(file, read(file));
  write(`${OTHER_MODE}.json`, { ...read('prod.json'), mode: OTHER_MODE });
  return folder;
}
