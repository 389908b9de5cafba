import { editorSchema } from '../pipeline/json-schema';
import { bootstrapSchema } from './bootstrap-schema';
import { environmentSchema } from './schema';

/** JSON Schema of the environment file, as text. */
export function environmentJsonSchema(): string {
  return editorSchema('Environment of ingest-weather', environmentSchema);
}

/** JSON Schema of the bootstrap's file, as text. */
export function bootstrapJsonSchema(): string {
  return editorSchema('Bootstrap of ingest-weather', bootstrapSchema);
}
