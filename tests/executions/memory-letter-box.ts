import { MessagingError } from '../../core/errors';
import type { LetterBox, QueueDepth, ReceivedLetter } from '../../core/ports/letter-box';

/** A queue for as long as the process lives. A letter's id is its place, counted from 0. */
export class MemoryLetterBox implements LetterBox {
  /** Sizes of what was asked for at once. */
  readonly deletions: number[] = [];
  private readonly letters = new Map<string, string>();
  /** Ids by receipts, of what is out of sight. */
  private readonly taken = new Map<string, string>();
  private receipts = 0;
  private takes = 0;

  /** @param lapseAfter so many takes, receipts are good for nothing and what was taken is back; default: never */
  constructor(
    bodies: readonly unknown[],
    private readonly lapseAfter = Number.POSITIVE_INFINITY,
  ) {
    for (const [place, body] of bodies.entries())
      this.letters.set(String(place), typeof body === 'string' ? body : JSON.stringify(body));
  }

  async depth(): Promise<QueueDepth> {
    return { waiting: this.letters.size - this.taken.size, hidden: this.taken.size };
  }

  async take(limit: number): Promise<readonly ReceivedLetter[]> {
    this.takes += 1;
    if (this.takes % this.lapseAfter === 0) this.taken.clear();
    const hidden = new Set(this.taken.values());
    const visible = [...this.letters].filter(([id]) => !hidden.has(id)).slice(0, limit);
    return visible.map(([id, body]) => ({ id, body, receipt: this.hide(id) }));
  }

  async giveBack(receipts: readonly string[]): Promise<void> {
    for (const receipt of receipts) this.taken.delete(receipt);
  }

  async delete(receipts: readonly string[]): Promise<void> {
    this.deletions.push(receipts.length);
    const lapsed = receipts.filter((receipt) => !this.taken.has(receipt));
    for (const receipt of receipts) {
      this.letters.delete(this.taken.get(receipt) ?? '');
      this.taken.delete(receipt);
    }
    if (lapsed.length > 0) throw new MessagingError(`${lapsed.length} letters are still there.`);
  }

  /** Ids of what is left. */
  left(): string[] {
    return [...this.letters.keys()];
  }

  private hide(id: string): string {
    this.receipts += 1;
    const receipt = `receipt-${this.receipts}`;
    this.taken.set(receipt, id);
    return receipt;
  }
}
