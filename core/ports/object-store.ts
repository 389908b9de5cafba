/** User metadata of an object: lower-case ASCII names, printable ASCII values, as S3 keeps them. */
export type ObjectMetadata = Readonly<Record<string, string>>;

/** What a store knows of one object without handing out its bytes. */
export interface ObjectInfo {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Changes whenever the bytes do; opaque. */
  readonly etag: string;
  /** Hex sha256 of the bytes. */
  readonly sha256: string;
  readonly metadata: ObjectMetadata;
}

/** A listing's entry. Listings carry no metadata and no hash, as in S3. */
export interface ObjectEntry {
  readonly key: string;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

/** `absent`: only if no object is there. `etag`: only if the object is still that version. */
export type Precondition = { readonly absent: true } | { readonly etag: string };

export interface PutOptions {
  readonly metadata?: ObjectMetadata;
  readonly condition?: Precondition;
}

/**
 * A bucket. Keys are `/`-separated; a write is whole or not at all, and is durable when its promise resolves.
 *
 * @throws StorageError when the store fails or a key is not usable.
 * @throws PreconditionFailedError when a condition does not hold; nothing was changed.
 */
export interface ObjectStore {
  /** `undefined` when there is no such object. */
  head(key: string): Promise<ObjectInfo | undefined>;
  get(key: string): Promise<{ readonly info: ObjectInfo; readonly body: Uint8Array } | undefined>;
  put(key: string, body: Uint8Array, options?: PutOptions): Promise<ObjectInfo>;
  /** Bytes and metadata to another key of the same store, replacing what is there. A missing source is a StorageError. */
  copy(from: string, to: string): Promise<ObjectInfo>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /**
   * Deletes the object only if it is still that version. Absent from stores in S3: servers made after it may ignore the
   * condition of a deletion, and delete what another process has written.
   */
  deleteIfUnchanged?(key: string, etag: string): Promise<void>;
  /** Keys that begin with `prefix`, in code-unit order. */
  list(prefix: string): AsyncIterable<ObjectEntry>;
}
