import * as z from 'zod';
import { DamagedObjectError, IngestError } from '../errors';
import { findDocument, writeDocument } from '../json-document';
import { damageNoteKey, damageNotesPrefix } from '../keys/raw-keys';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { ObjectStore } from '../ports/object-store';
import { reasonOf } from './raw-damage';

/** What was found wrong with a raw object, for `status`. */
const damageNoteSchema = z.object({
  key: z.string(),
  /** As `is cut short`. */
  reason: z.string(),
  /** ISO 8601, UTC. */
  found_at: z.string(),
  /** ISO 8601, UTC; null while nobody has repaired it. */
  repaired_at: z.string().nullable(),
});
export type DamageNote = z.output<typeof damageNoteSchema>;

export interface DamageNotesParts {
  readonly store: ObjectStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
}

/** Tells what is damaged in raw, once for each object: in the log, and in a note that `status` reads. */
export class DamageNotes {
  private readonly told = new Set<string>();

  constructor(private readonly parts: DamageNotesParts) {}

  async passedOver(key: string, error: DamagedObjectError): Promise<void> {
    if (this.told.has(key)) return;
    this.told.add(key);
    const reason = reasonOf(error);
    this.parts.logger.warn('A damaged raw object is passed over', { key, reason });
    await this.note({ key, reason, found_at: this.now(), repaired_at: null });
  }

  async repaired(key: string, error: DamagedObjectError): Promise<void> {
    this.told.delete(key);
    const reason = reasonOf(error);
    this.parts.logger.warn('A damaged raw object was repaired', { key, reason });
    await this.note({ key, reason, found_at: this.now(), repaired_at: this.now() });
  }

  private now(): string {
    return new Date(this.parts.clock.now()).toISOString();
  }

  /** Best effort: the log tells the same, and a role that only reads raw may not write here. */
  private async note(note: DamageNote): Promise<void> {
    try {
      await this.parts.store.put(damageNoteKey(note.key), writeDocument(note));
    } catch (error) {
      if (!(error instanceof IngestError)) throw error;
      this.parts.logger.debug('The damage could not be noted for status', {
        key: note.key,
        reason: error.message,
      });
    }
  }
}

/** What was ever noted of a pipeline's raw objects, by key. A note that is damaged itself stands for its object. */
export async function readDamageNotes(store: ObjectStore, pipeline: string): Promise<DamageNote[]> {
  const notes: DamageNote[] = [];
  for await (const { key } of store.list(damageNotesPrefix(pipeline))) {
    const note = await readNote(store, key);
    if (note !== undefined) notes.push(note);
  }
  return notes;
}

async function readNote(store: ObjectStore, key: string): Promise<DamageNote | undefined> {
  try {
    return await findDocument(store, key, damageNoteSchema, 'Remove it.');
  } catch (error) {
    if (!(error instanceof DamagedObjectError)) throw error;
    return {
      key,
      reason: 'is a note of damage that cannot be read; remove it',
      found_at: '',
      repaired_at: null,
    };
  }
}
