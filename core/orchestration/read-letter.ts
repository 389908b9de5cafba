import * as z from 'zod';
import { SECTIONS } from '../model/source';
import type { ReceivedLetter } from '../ports/letter-box';
import { daySchema } from './run-items';

const letterSchema = z.object({
  item: z
    .object({
      section: z.enum(SECTIONS),
      chunk: z.number().int().min(0),
      from: daySchema,
      to: daySchema,
      execution: z.string(),
    })
    .nullable(),
  /** What the queue itself moved there says nothing of the kind. */
  reason: z
    .object({ name: z.string(), message: z.string() })
    .default({ name: 'TooManyReceipts', message: 'The queue gave the message up.' }),
  attempts: z.number().optional(),
  died_at: z.string().nullable().default(null),
});

/** A dead letter, or a message that the buffer itself gave up. */
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
