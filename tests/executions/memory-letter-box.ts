import type { LetterBox, QueueDepth, ReceivedLetter } from '../../core/ports/letter-box';

/** A queue for as long as the process lives. A letter's receipt is its place, counted from 0. */
export class MemoryLetterBox implements LetterBox {
  private readonly letters = new Map<string, string>();
  private readonly taken = new Set<string>();

  constructor(bodies: readonly unknown[]) {
    for (const [place, body] of bodies.entries())
      this.letters.set(String(place), typeof body === 'string' ? body : JSON.stringify(body));
  }

  async depth(): Promise<QueueDepth> {
    return { waiting: this.letters.size - this.taken.size, hidden: this.taken.size };
  }

  async take(limit: number): Promise<readonly ReceivedLetter[]> {
    const visible = [...this.letters].filter(([receipt]) => !this.taken.has(receipt)).slice(0, limit);
    for (const [receipt] of visible) this.taken.add(receipt);
    return visible.map(([receipt, body]) => ({ receipt, body }));
  }

  async giveBack(receipt: string): Promise<void> {
    this.taken.delete(receipt);
  }

  async delete(receipt: string): Promise<void> {
    this.taken.delete(receipt);
    this.letters.delete(receipt);
  }

  /** Receipts of what is left. */
  left(): string[] {
    return [...this.letters.keys()];
  }
}
