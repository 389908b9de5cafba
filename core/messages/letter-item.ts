import * as z from 'zod';
import { namedSlotSchema } from '../orchestration/run-items';

/** What a letter must say of its request, so that it can be told whether somebody asks for it again. */
export const letterItemSchema = z.object({
  ...namedSlotSchema.shape,
  /** Name of the execution; null when that could not be read. */
  execution: z.string().nullable().catch(null),
});
export type LetterItem = z.output<typeof letterItemSchema>;

/** Of a message that cannot be used as a whole; null when not even so much can be read. */
export function letterItemIn(body: string): LetterItem | null {
  try {
    const { item } = JSON.parse(body) as { item?: unknown };
    return letterItemSchema.parse(item);
  } catch {
    return null;
  }
}
