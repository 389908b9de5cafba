import { editorSchema } from '../pipeline/json-schema';
import { environmentSchema } from './schema';

/** JSON Schema of the environment file, as text. */
export function environmentJsonSchema(): string {
  return editorSchema('Environment of ingest-weather', environmentSchema);
}
