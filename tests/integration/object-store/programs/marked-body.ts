import type { ObjectMetadata } from '../../../../core/ports/object-store';

/** A body that tells by itself whether it is whole, and which metadata belongs to it. Every third has none. */
export function markedBody(mark: number): { body: Uint8Array; metadata: ObjectMetadata } {
  const line = `${mark};`;
  const size = 2000 + ((mark * 7919) % 120_000);
  return { body: Buffer.alloc(size, line), metadata: mark % 3 === 0 ? {} : { mark: String(mark) } };
}

/** The mark at the beginning of a body. */
export function markOf(body: Uint8Array): number {
  return Number.parseInt(Buffer.from(body.subarray(0, 20)).toString(), 10);
}
