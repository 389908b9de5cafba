import * as z from 'zod';
import { letterItemSchema } from '../messages/letter-item';
import type { ReceivedLetter } from '../ports/letter-box';

const letterSchema = z.object({
  item: letterItemSchema.nullable().catch(null),
  /** What the queue itself moved there says nothing of the kind. */
  reason: z
    .object({ name: z.string(), message: z.string() })
    .default({ name: 'TooManyReceipts', message: 'The queue gave the message up.' }),
  died_at: z.string().nullable().catch(null),
});

/** A dead letter, or a message that the buffer itself gave up. The item is null when nothing tells its request. */
export type Letter = z.output<typeof letterSchema> & Pick<ReceivedLetter, 'id' | 'receipt'>;

const UNREADABLE = {
  item: null,
  reason: { name: 'UnreadableLetter', message: 'It is no letter of fetch-weather.' },
  died_at: null,
};

export function readLetter({ id, body, receipt }: ReceivedLetter): Letter {
  try {
    return { ...letterSchema.parse(JSON.parse(body)), id, receipt };
  } catch {
    return { ...UNREADABLE, id, receipt };
  }
}
