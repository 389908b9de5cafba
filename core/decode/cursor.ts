import type { Section } from '../model/source';
import { ColumnPool } from './column-pool';

/** Where the decoder stands: in the bytes, and in the answer as a person would name the place. */
export class Cursor {
  /** With no cursor alive a full garbage collection forgets their layout and all code compiled for it: keeps one. */
  static readonly IDLE = new Cursor(new Uint8Array(0));

  readonly body: Uint8Array;
  /** Where columns find room. */
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
