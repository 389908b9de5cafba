import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pipelineJsonSchema } from '../core/pipeline/json-schema';

/** Writes the JSON Schema of the pipeline file; with --check only says whether the committed one is up to date. */
const FILE = 'resources/pipelines/pipeline.schema.json';
const path = resolve(__dirname, '..', FILE);
const isUpToDate = read(path) === pipelineJsonSchema();

if (!process.argv.includes('--check')) {
  writeFileSync(path, pipelineJsonSchema());
  process.stdout.write(`${isUpToDate ? 'Already up to date' : 'Written'}: ${FILE}\n`);
} else if (!isUpToDate) {
  process.stderr.write(`${FILE} is not what the code defines; run "npm run schema" and commit it.\n`);
  process.exitCode = 1;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
