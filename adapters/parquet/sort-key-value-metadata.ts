/** The entry that the writer itself adds, behind all others. */
const ARROW_SCHEMA = 'ARROW:schema';

/** Thrift's compact protocol: "the next field, of type binary" and "no more fields". */
const BINARY_FIELD = 0x18;
const STOP = 0x00;

/**
 * Puts the file metadata in the order of its keys, in place. The writer keeps it in a hash map, whose order changes from
 * one file to the next, so that equal batches would give unequal bytes. Entries keep their sizes: no offset in the file moves.
 *
 * @param file Parquet whose key-value metadata is `metadata` and the Arrow schema, as parquet-wasm writes it
 * @throws Error when the metadata is not where this writer puts it
 */
export function sortKeyValueMetadata(file: Uint8Array, metadata: Readonly<Record<string, string>>): void {
  const entries = Object.keys(metadata)
    .sort()
    .map((key) => Buffer.concat([binaryField(key), binaryField(metadata[key]!), Buffer.of(STOP)]));
  const sorted = Buffer.concat(entries);
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.lastIndexOf(binaryField(ARROW_SCHEMA));
  const written = bytes.subarray(Math.max(0, end - sorted.length), Math.max(0, end));
  if (!isPermutation(written, entries)) {
    throw new Error(
      `The Parquet writer did not put the file metadata before ${ARROW_SCHEMA}: its version has changed`,
    );
  }
  sorted.copy(written);
}

/** Entries carry their own lengths and differ in their keys, so at most one of them fits at a place. */
function isPermutation(written: Buffer, entries: readonly Buffer[]): boolean {
  const missing = new Set(entries);
  let offset = 0;
  while (missing.size > 0) {
    const next = [...missing].find((entry) => written.subarray(offset, offset + entry.length).equals(entry));
    if (next === undefined) return false;
    missing.delete(next);
    offset += next.length;
  }
  return true;
}

function binaryField(text: string): Buffer {
  const content = Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.of(BINARY_FIELD, ...varint(content.length)), content]);
}

/** Seven bits to a byte, least significant first; the top bit says that more follow. */
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
