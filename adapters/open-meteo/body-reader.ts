/** What arrived of a body. */
export interface BodyRead {
  readonly bytes: Uint8Array;
  /** Why it ended early. */
  readonly failure?: unknown;
  /** It went on past the bound; the rest was not read. */
  readonly overflow?: true;
}

/** Reads a body up to a bound. It never throws: what came before a failure is worth keeping. */
export async function readBody(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<BodyRead> {
  const chunks: Uint8Array[] = [];
  if (body === null) return { bytes: joined(chunks) };
  const reader = body.getReader();
  let length = 0;
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      length += read.value.byteLength;
      if (length > maxBytes) {
        await reader.cancel();
        return { bytes: joined(chunks), overflow: true };
      }
      chunks.push(read.value);
    }
    return { bytes: joined(chunks) };
  } catch (failure) {
    return { bytes: joined(chunks), failure };
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.byteLength, 0));
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
