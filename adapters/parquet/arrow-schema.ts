import { type Schema, Table, tableToIPC } from 'apache-arrow';

/** Key of the file metadata under which Arrow's readers look for the schema that Parquet's own cannot express. */
export const ARROW_SCHEMA_KEY = 'ARROW:schema';

/** Marker and length, four bytes each, before the message that they announce. */
const PREFIX = 8;

/** The schema as an Arrow IPC message in Base64: types and field metadata as they were. */
export function arrowSchemaText(schema: Schema): string {
  const stream = Buffer.from(tableToIPC(new Table(schema), 'stream'));
  // The stream of a table without rows begins with its schema.
  return stream.toString('base64', 0, PREFIX + stream.readInt32LE(4));
}
