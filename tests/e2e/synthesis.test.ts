import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { sha256 } from '../../core/hash';
import { Terraform } from './account/terraform';
import { synthesizeStacks } from './deployment/synthesize-stacks';

const STACKS = [
  'weather-bootstrap',
  'weather-ingest-dev',
  'weather-ingest-prod',
  'weather-lake-dev',
  'weather-lake-prod',
];
/** Nothing is asked of it. */
const NOWHERE = 'http://127.0.0.1:9';

let roots: string[] = [];
const synthesize = async () => {
  const root = mkdtempSync(join(tmpdir(), 'synthesis-'));
  roots.push(root);
  return synthesizeStacks({ root });
};

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true, force: true });
  roots = [];
});

/** Hashes by path: Terraform's JSON and the functions' zips. */
function hashesUnder(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), sha256(readFileSync(path))]));
}

describe('the shipped stacks', () => {
  let stacks: string;
  beforeAll(async () => {
    stacks = await synthesize();
  });

  it('are synthesized twice to the same bytes, zips of the functions included', async () => {
    const again = hashesUnder(await synthesize());

    expect(Object.keys(again).filter((path) => path.endsWith('.zip'))).toHaveLength(4);
    expect(again).toEqual(hashesUnder(stacks));
  });

  it('are these', () => {
    expect(readdirSync(stacks).sort()).toEqual(STACKS);
  });

  it.each(STACKS)('%s is valid Terraform', async (stack) => {
    const terraform = new Terraform(join(stacks, stack), NOWHERE);
    await terraform.initWithoutState();

    await terraform.validate();
  });
});
