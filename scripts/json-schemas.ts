import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { bootstrapJsonSchema, environmentJsonSchema } from '../core/environment/json-schema';
import { pipelineJsonSchema } from '../core/pipeline/json-schema';

/** Writes the JSON Schemas of the files that people write; with --check only says whether the committed ones are up to date. */
const SCHEMAS = {
  'resources/pipelines/pipeline.schema.json': pipelineJsonSchema,
  'resources/bootstrap.schema.json': bootstrapJsonSchema,
  'resources/environments/environment.schema.json': environmentJsonSchema,
};

for (const [file, schemaOf] of Object.entries(SCHEMAS)) {
  const path = resolve(__dirname, '..', file);
  const isUpToDate = read(path) === schemaOf();
  if (!process.argv.includes('--check')) {
    writeFileSync(path, schemaOf());
    process.stdout.write(`${isUpToDate ? 'Already up to date' : 'Written'}: ${file}\n`);
  } else if (!isUpToDate) {
    process.stderr.write(`${file} is not what the code defines; run "npm run schema" and commit it.\n`);
    process.exitCode = 1;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
