import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Config = Readonly<Record<string, unknown>>;

/** A stack as Terraform reads it: `resource[type][name]`. */
export interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Config>>>>;
  readonly [block: string]: unknown;
}

/** All stacks of all environments by name. */
export type Stacks = ReadonlyMap<string, StackJson>;

/** Synthesizes all stacks of all environments into a folder, from the sources as they are now. */
export function synthesizeStacks(outdir: string): Stacks {
  const env = { ...process.env, CDKTF_OUTDIR: outdir };
  execFileSync(process.execPath, ['scripts/synth.mjs'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const folder = join(outdir, 'stacks');
  return new Map(
    readdirSync(folder)
      .sort()
      .map((name) => [name, JSON.parse(readFileSync(join(folder, name, 'cdk.tf.json'), 'utf8'))]),
  );
}
