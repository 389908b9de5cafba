import type { ByteWriter } from './byte-writer';

/** Thrift's compact protocol, as far as Parquet's metadata needs it. */
const TYPE = { TRUE: 1, FALSE: 2, I32: 5, I64: 6, BINARY: 8, LIST: 9, STRUCT: 12 } as const;
const STOP = 0;
/** Lists of that many elements and more have their length behind the type. */
const LONG_LIST = 15;

export interface ThriftValue {
  readonly type: number;
  readonly write: (out: ByteWriter) => void;
}

/** Values by field id, from 1 to 15; a field that is undefined is left out. */
export type ThriftFields = Readonly<Record<number, ThriftValue | undefined>>;

export function bool(value: boolean): ThriftValue {
  return { type: value ? TYPE.TRUE : TYPE.FALSE, write: () => undefined };
}

export function i32(value: number): ThriftValue {
  return { type: TYPE.I32, write: (out) => out.varint(zigzag(value)) };
}

/** For whole numbers within 2^52 of 0: sizes and offsets. */
export function i64(value: number): ThriftValue {
  return { type: TYPE.I64, write: (out) => out.varint(zigzag(value)) };
}

export function binary(bytes: Uint8Array): ThriftValue {
  return {
    type: TYPE.BINARY,
    write: (out) => {
      out.varint(bytes.length);
      out.bytes(bytes);
    },
  };
}

export function text(value: string): ThriftValue {
  return binary(Buffer.from(value, 'utf8'));
}

/** Elements of one type; an empty list is one of structs. */
export function list(elements: readonly ThriftValue[]): ThriftValue {
  const type = elements[0]?.type ?? TYPE.STRUCT;
  return {
    type: TYPE.LIST,
    write: (out) => {
      out.byte((Math.min(elements.length, LONG_LIST) << 4) | type);
      if (elements.length >= LONG_LIST) out.varint(elements.length);
      for (const element of elements) element.write(out);
    },
  };
}

export function struct(fields: ThriftFields): ThriftValue {
  return {
    type: TYPE.STRUCT,
    write: (out) => {
      let before = 0;
      // Keys that are whole numbers come in ascending order, whatever the order in which they were written down.
      for (const [key, value] of Object.entries(fields)) {
        if (value === undefined) continue;
        out.byte(((Number(key) - before) << 4) | value.type);
        value.write(out);
        before = Number(key);
      }
      out.byte(STOP);
    },
  };
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}
