import type { Section } from '../model/source';
import { ColumnPool } from './column-pool';

/** Where the decoder stands: in the bytes, and in the answer as a person would name the place. */
export class Cursor {
  readonly body: Uint8Array;
  readonly pool = new ColumnPool();
  /** Byte offset of the next byte to read. */
  position = 0;
  location: number | undefined = undefined;
  locationId: number | undefined = undefined;
  section: Section | undefined = undefined;
  column: string | undefined = undefined;

  /** Takes a plain view of the bytes: a Buffer among them would make every read of a byte polymorphic, hence slow. */
  constructor(body: Uint8Array) {
    this.body = new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  }

  /** The byte at the position; -1 past the end. */
  peek(): number {
    return this.position < this.body.length ? this.body[this.position]! : -1;
  }
}

/** Kept for good: with no cursor alive a full garbage collection forgets their layout and the code compiled for it. */
export const IDLE_CURSOR = new Cursor(new Uint8Array(0));
