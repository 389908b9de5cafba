import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** What `terraform plan -detailed-exitcode` ends with when something would change. */
const CHANGED = 2;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { stacks: { type: 'string', default: 'cdktf.out/stacks' } },
});
const [environment] = positionals;
if (environment === undefined) end(1, 'Say which environment: npm run drift -- dev');

const stacks = existsSync(values.stacks)
  ? readdirSync(values.stacks).filter((name) => name.endsWith(`-${environment}`))
  : [];
if (stacks.length === 0) end(1, `There is no stack of ${environment} in ${values.stacks}.`);

const codes = stacks.map((stack) => [stack, planOf(join(values.stacks, stack))]);
for (const [stack, code] of codes) say(`${stack}: ${verdict(code)}`);
if (codes.some(([, code]) => code !== 0 && code !== CHANGED)) end(1, 'A plan could not be made.');
if (codes.some(([, code]) => code === CHANGED)) {
  end(CHANGED, 'The account is not what the code says. The plan above puts it back: npm run deploy.');
}

function planOf(folder) {
  const initialized = terraform(folder, 'init', '-input=false', '-no-color');
  if (initialized !== 0) return 1;
  return terraform(folder, 'plan', '-input=false', '-no-color', '-lock=false', '-detailed-exitcode');
}

function terraform(folder, ...args) {
  const { status, error } = spawnSync('terraform', [`-chdir=${folder}`, ...args], { stdio: 'inherit' });
  if (error !== undefined) end(1, `terraform cannot be run: ${error.message}`);
  return status ?? 1;
}

function verdict(code) {
  if (code === 0) return 'as deployed';
  return code === CHANGED ? 'changed' : 'no plan';
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function end(code, message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
