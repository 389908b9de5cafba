import * as z from 'zod';
import { requestItemSchema } from '../orchestration/run-items';
import type { TaskFailure } from '../ports/task-tokens';
import type { LetterItem } from './letter-item';

const instant = z.iso.datetime({ offset: true });

/** A request on its way through the buffer: what the state machine sends, and what is sent again after a failure. */
export const fetchMessageSchema = z.object({
  task_token: z.string().min(1),
  item: requestItemSchema,
  /** From 1. */
  attempt: z.number().int().min(1).default(1),
  /** Not sent to the source before this instant. */
  not_before: instant.nullable().default(null),
  /** When the first of its messages was sent. */
  first_sent: instant.nullable().default(null),
});
export type FetchMessage = z.output<typeof fetchMessageSchema>;

/** Body of a dead letter. */
export interface DeadLetter {
  /** Of a message that could not be used: what of it could be read, if anything. */
  readonly item: FetchMessage['item'] | LetterItem | null;
  readonly reason: TaskFailure;
  readonly attempts: number;
  /** Name of the execution; null when that could not be read. */
  readonly execution: string | null;
  readonly first_sent: string | null;
  /** ISO 8601, UTC. */
  readonly died_at: string;
}
