import * as z from 'zod';
import { pipelineSchema } from './schema';

/** JSON Schema of the pipeline file, as text. */
export function pipelineJsonSchema(): string {
  return editorSchema('Pipeline of ingest-weather', pipelineSchema);
}

/** A JSON Schema for editors, as text. Draft 7, which every editor completes by. */
export function editorSchema(title: string, described: z.ZodType): string {
  const schema = z.toJSONSchema(described, {
    io: 'input',
    target: 'draft-7',
    override: ({ jsonSchema }) => dropIntegerBounds(jsonSchema),
  });
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`;
}

/** Zod bounds every integer by what a double holds exactly, which tells an author nothing. */
function dropIntegerBounds(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
