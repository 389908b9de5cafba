import { DamagedObjectError } from '../errors';
import type { ObjectInfo, ObjectMetadata } from '../ports/object-store';
import { putIf } from '../put-if';
import { DamageNotes, type DamageNotesParts } from './damage-notes';
import { type RawBody, type StoredBody, type VerifiedBody, verifyBody } from './raw-body';
import { damagedRaw, missingRaw, reasonOf } from './raw-damage';

/** How an object is found to be damaged, and made whole. */
export interface Mending {
  /** @throws DamagedObjectError */
  readonly check: () => Promise<unknown>;
  readonly write: () => Promise<unknown>;
}

/** Objects that are written once, and again only when they are damaged. */
export class RawObjects {
  private readonly notes: DamageNotes;

  constructor(private readonly parts: DamageNotesParts) {
    this.notes = new DamageNotes(parts);
  }

  /** False when an object is there. */
  async create(key: string, body: Uint8Array, metadata: ObjectMetadata): Promise<boolean> {
    const condition = { absent: true } as const;
    return (await putIf(this.parts.store, key, { body, metadata, condition })) !== undefined;
  }

  /** @throws DamagedObjectError when it is gone */
  async get(key: string): Promise<StoredBody> {
    return this.find(key, () => this.parts.store.get(key));
  }

  /** As {@link RawObjects.get}, without the bytes. */
  async head(key: string): Promise<ObjectInfo> {
    return this.find(key, () => this.parts.store.head(key));
  }

  private async find<T>(key: string, read: () => Promise<T | undefined>): Promise<T> {
    try {
      const found = await read();
      if (found !== undefined) return found;
    } catch (error) {
      throw error instanceof DamagedObjectError ? damagedRaw(key, reasonOf(error), error) : error;
    }
    throw missingRaw(key);
  }

  /** @throws DamagedObjectError when it is gone or is not the body that its key names */
  async verify(key: string): Promise<VerifiedBody> {
    return verifyBody(await this.get(key));
  }

  /** The body as received. @throws DamagedObjectError when it is gone or is not the one with this hash */
  async read({ key, sha256 }: Pick<RawBody, 'key' | 'sha256'>): Promise<Uint8Array> {
    const body = await this.verify(key);
    if (body.sha256 === sha256) return body.bytes;
    throw damagedRaw(key, 'is not the body that was asked for: its hash differs');
  }

  /** Writes an object again when the check finds it damaged. Returns whether it was. */
  async mend(key: string, { check, write }: Mending): Promise<boolean> {
    try {
      await check();
      return false;
    } catch (error) {
      if (!(error instanceof DamagedObjectError)) throw error;
      await write();
      await this.notes.repaired(key, error);
      return true;
    }
  }

  /** Does the work; a damaged object is told, noted and returned as its error, so that the caller looks for another. */
  async orPassOver<T>(key: string, work: () => Promise<T>): Promise<T | DamagedObjectError> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof DamagedObjectError)) throw error;
      await this.notes.passedOver(key, error);
      return error;
    }
  }
}
