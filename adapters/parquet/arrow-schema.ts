import { Message } from 'apache-arrow/ipc/metadata/message';
import type { Schema } from 'apache-arrow/schema';

/** Key of the file metadata under which Arrow's readers look for the schema that Parquet's own cannot express. */
export const ARROW_SCHEMA_KEY = 'ARROW:schema';

/** Before the length of a message that is encapsulated. */
const CONTINUATION = -1;
/** Bytes of marker and length. */
const PREFIX = 8;
/** Bytes: messages end at multiples of it. */
const ALIGNMENT = 8;

/** The schema as an encapsulated Arrow IPC message in Base64: types and field metadata as they were. */
export function arrowSchemaText(schema: Schema): string {
  const message = Message.encode(Message.from(schema));
  const length = Math.ceil(message.length / ALIGNMENT) * ALIGNMENT;
  const bytes = Buffer.alloc(PREFIX + length);
  bytes.writeInt32LE(CONTINUATION);
  bytes.writeInt32LE(length, 4);
  bytes.set(message, PREFIX);
  return bytes.toString('base64');
}
