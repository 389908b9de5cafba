import type { Clock } from '../../core/ports/clock';
import type { MessageQueue, OutgoingMessage } from '../../core/ports/message-queue';

const DEDUPLICATION_MS = 5 * 60_000;
const MAX_VISIBILITY_MS = 12 * 3_600_000;

interface QueuedMessage extends OutgoingMessage {
  readonly id: string;
  readonly sentAt: number;
  visibleAt: number;
  receivedAt: number;
  receipts: number;
}

export interface HandedMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly group: string;
  /** Milliseconds since the epoch. */
  readonly sentAt: number;
}

/** A FIFO queue as SQS has it: one message of a group at a time, in order, and none past one that is out of sight. */
export class MemoryFifoQueue implements MessageQueue {
  readonly sent: OutgoingMessage[] = [];
  /** Let something go wrong before a call. */
  before: (call: 'send' | 'hide') => void = () => {};
  private readonly messages: QueuedMessage[] = [];
  private readonly seen = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly visibilitySeconds = 360,
  ) {}

  async send(message: OutgoingMessage): Promise<void> {
    this.before('send');
    const now = this.clock.now();
    const last = this.seen.get(message.deduplicationId);
    if (last !== undefined && now - last < DEDUPLICATION_MS) return;
    this.seen.set(message.deduplicationId, now);
    this.sent.push(message);
    const id = `message-${this.sent.length}`;
    this.messages.push({ ...message, id, sentAt: now, visibleAt: now, receivedAt: 0, receipts: 0 });
  }

  receive(): HandedMessage | undefined {
    const now = this.clock.now();
    const message = this.messages.find(
      (one) => one.visibleAt <= now && this.messages.find(({ group }) => group === one.group) === one,
    );
    if (message === undefined) return undefined;
    message.receipts += 1;
    message.receivedAt = now;
    message.visibleAt = now + this.visibilitySeconds * 1000;
    const { id, body, group, sentAt } = message;
    return { id, receipt: this.receiptOf(message), body, group, sentAt };
  }

  async hide(receipt: string, seconds: number): Promise<void> {
    this.before('hide');
    const message = this.messages.find((one) => this.receiptOf(one) === receipt);
    if (message === undefined) throw new Error(`No message has the receipt ${receipt}.`);
    const visibleAt = this.clock.now() + seconds * 1000;
    if (visibleAt - message.receivedAt > MAX_VISIBILITY_MS) throw new Error('Hidden for more than 12 hours.');
    message.visibleAt = visibleAt;
  }

  delete(id: string): void {
    this.messages.splice(
      this.messages.findIndex((one) => one.id === id),
      1,
    );
  }

  /** When the next message comes in sight; `undefined` when there is none. */
  nextMoment(): number | undefined {
    const heads = this.messages.filter(
      (one) => this.messages.find(({ group }) => group === one.group) === one,
    );
    return heads.length === 0 ? undefined : Math.min(...heads.map(({ visibleAt }) => visibleAt));
  }

  get bodies(): unknown[] {
    return this.messages.map(({ body }) => JSON.parse(body));
  }

  private receiptOf({ id, receipts }: QueuedMessage): string {
    return `${id}/${receipts}`;
  }
}
